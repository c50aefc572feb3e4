#!/usr/bin/env python3
"""Captures exchanges of kubectl and of a few programs with a real cluster into Golden/, as they were on the wire.

    KUBECONFIG=…/admin.kubeconfig tests/Gateway.Tests/Exchanges/capture.py [WORD…]

A recorder on loopback stands between: plain HTTP/1.1 towards clients, TLS with the kubeconfig's certificate towards the
apiserver. Only steps whose name has one of the words run, or all. What is a credential or tells of the machine is replaced by
something invented of the same length (`scrub`). Needs Python 3.9, kubectl ($KUBECTL, $OLD_KUBECTL) and a cluster with a node;
makes the namespace "golden" and a few cluster-wide things named golden-*, and removes them. Afterwards: KUBELENS_GOLDEN=write.
"""
import base64, json, os, re, socket, ssl, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "Golden")
KUBECTL = os.environ.get("KUBECTL", "kubectl")
OLD_KUBECTL = os.environ.get("OLD_KUBECTL", "/usr/bin/kubectl")
ADDRESS = "127.0.0.1:6444"  # what the gateway is called
NS = "golden"


class Message:
    """Reads HTTP/1.1 from a socket, keeping every byte."""

    def __init__(self, connection):
        self.file = connection.makefile("rb")

    def head(self):
        lines = []
        while True:
            line = self.file.readline()
            if not line:
                return b""
            lines.append(line)
            if line == b"\r\n":
                return b"".join(lines)

    def body(self, head, until_end, each=lambda part: None):
        parts = []

        def take(part):
            parts.append(part)
            each(part)

        if re.search(rb"(?im)^transfer-encoding: *chunked", head):
            while True:
                size = self.file.readline()
                take(size)
                if not size:
                    break
                count = int(size.split(b";")[0], 16)
                if count == 0:
                    while True:
                        line = self.file.readline()
                        take(line)
                        if line in (b"\r\n", b""):
                            break
                    break
                take(self.file.read(count + 2))
        elif found := re.search(rb"(?im)^content-length: *(\d+)", head):
            take(self.file.read(int(found[1])))
        elif until_end:
            while part := self.file.read1(65536):
                take(part)
        return b"".join(parts)


class Recorder:
    """Stands between clients and the apiserver; `seen` is every exchange as (request head, request body, response head, response body)."""

    def __init__(self, kubeconfig):
        config = open(kubeconfig).read()

        def datum(name):
            found = re.search(name + r": *\"?([A-Za-z0-9+/=]+)", config)
            return base64.b64decode(found[1])

        self.host, port = re.search(r"server: *\"?https://([^:/\"]+):(\d+)", config).groups()
        self.upstream = (self.host, int(port))
        self.tls = ssl.create_default_context(cadata=datum("certificate-authority-data").decode())
        self.anonymous = ssl.create_default_context(cadata=datum("certificate-authority-data").decode())
        with tempfile.NamedTemporaryFile() as pair:
            pair.write(datum("client-certificate-data") + b"\n" + datum("client-key-data"))
            pair.flush()
            self.tls.load_cert_chain(pair.name)
        self.seen = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        server = None
        try:
            reader = Message(client)
            while head := reader.head():
                # A caller with a token of its own must not be the certificate's user.
                if server is None:
                    tls = self.anonymous if re.search(rb"(?im)^authorization:", head) else self.tls
                    server = tls.wrap_socket(socket.create_connection(self.upstream), server_hostname=self.host)
                    answers = Message(server)
                server.sendall(head)
                body = reader.body(head, False, server.sendall)
                answer = answers.head()
                client.sendall(answer)
                exchange = [head, body, answer, b""]
                self.seen.append(exchange)
                if answer.startswith(b"HTTP/1.1 101"):
                    self.pump(client, server, reader, answers, exchange)
                    return
                parts = []

                def pass_on(part):
                    parts.append(part)
                    exchange[3] = b"".join(parts)
                    client.sendall(part)

                if not (head.startswith(b"HEAD ") or re.match(rb"HTTP/1.1 (204|304)", answer)):
                    answers.body(answer, True, pass_on)
        except (OSError, ValueError):
            pass  # one side left, as after a watch
        finally:
            client.close()
            if server:
                server.close()

    def pump(self, client, server, reader, answers, exchange):
        def up():
            try:
                while part := reader.file.read1(65536):
                    exchange[1] += part
                    server.sendall(part)
            except OSError:
                pass

        threading.Thread(target=up, daemon=True).start()
        try:
            while part := answers.file.read1(65536):
                exchange[3] += part
                client.sendall(part)
        except OSError:
            pass


def same_length(found, invented):
    text = found if isinstance(found, bytes) else found.group(0)
    return (invented * (len(text) // len(invented) + 1))[: len(text)]


def scrub(data):
    """Credentials and what tells of the machine, by something invented of the same length."""
    jwt = lambda m: b".".join([same_length(m[1], b"eyJhbGciOiJub25lIiwiaW52ZW50ZWQiOnRydWV9"), same_length(m[2], b"eyJpbnZlbnRlZCI6dHJ1ZX0AAAAA"), same_length(m[3], b"aW52ZW50ZWQ")])
    data = re.sub(rb"(eyJ[\w-]{10,})\.(eyJ[\w-]{10,})\.([\w-]{10,})", jwt, data)
    data = re.sub(rb"ZXlK[A-Za-z0-9+/]{100,}={0,2}", lambda m: base64.b64encode(same_length(base64.b64decode(m[0]), b"eyJpbnZlbnRlZA."))[: len(m[0])], data)
    data = re.sub(rb"(LS0tLS1CRUdJTi[A-Za-z0-9+/]{30})([A-Za-z0-9+/]{60,})", lambda m: m[1] + same_length(m[2], b"aW52ZW50"), data)
    data = re.sub(rb"(-----BEGIN CERTIFICATE-----\n)([A-Za-z0-9+/\n]{60,})(\n-----END)", lambda m: m[1] + same_length(m[2], b"aW52ZW50") + m[3], data)
    data = re.sub(rb'("(?:machineID|systemUUID|bootID)":")([^"]+)', lambda m: m[1] + same_length(m[2], b"0"), data)
    data = re.sub(rb'("(?:kernelVersion|osImage|containerRuntimeVersion)":")([^"]+)', lambda m: m[1] + same_length(m[2], b"invented-"), data)
    return data


def save(name, exchange):
    folder = os.path.join(GOLDEN, name)
    os.makedirs(folder, exist_ok=True)
    for old in os.listdir(folder):
        if old != "record.json":
            os.remove(os.path.join(folder, old))
    head, body, answer, answer_body = exchange
    head = re.sub(rb"(?im)^host: .*\r$", b"Host: " + ADDRESS.encode() + b"\r", head)
    is_upgrade = answer.startswith(b"HTTP/1.1 101")
    for part, top, rest in (("request", head, body), ("response", answer, answer_body)):
        top, rest = scrub(top), scrub(rest)
        try:
            is_text = not is_upgrade and "\0" not in rest.decode()
        except UnicodeDecodeError:
            is_text = False
        with open(os.path.join(folder, part + ".http"), "wb") as file:
            file.write(top + (rest if is_text else b""))
        if rest and not is_text:
            with open(os.path.join(folder, part + ".body"), "wb") as file:
                file.write(rest)
    if re.search(rb"(?im)^transfer-encoding: *chunked", answer) and not answer_body.endswith(b"0\r\n\r\n"):
        with open(os.path.join(folder, "exchange.json"), "w") as file:
            file.write(json.dumps({"about": "the client left before the end", "clientLeaves": True}, indent=2) + "\n")


class Steps:
    def __init__(self, recorder, words, home):
        self.recorder, self.words, self.home = recorder, words, home
        self.config = os.path.join(home, "config")
        with open(self.config, "w") as file:
            json.dump({"apiVersion": "v1", "kind": "Config", "current-context": "g", "contexts": [{"name": "g", "context": {"cluster": "g", "user": "g", "namespace": NS}}],
                       "clusters": [{"name": "g", "cluster": {"server": f"http://127.0.0.1:{recorder.port}"}}], "users": [{"name": "g", "user": {}}]}, file)

    def run(self, arguments, program=KUBECTL, text="", env=None, seconds=30):
        return subprocess.run([program, "--kubeconfig", self.config, "--cache-dir", os.path.join(self.home, "cache"), *arguments], input=text, text=True, capture_output=True, timeout=seconds,
                              env={"PATH": os.environ["PATH"], "HOME": self.home, **(env or {})})

    def kubectl(self, name, method, path, arguments, **more):
        """Keeps the last exchange of the command whose request line has this method and part of a path."""
        before = len(self.recorder.seen)
        result = self.run(arguments, **more)
        time.sleep(0.05)
        fit = [e for e in self.recorder.seen[before:] if re.match(rf"{method} \S*{path}\S* HTTP".encode(), e[0])]
        self.keep(name, fit, f"{' '.join(arguments)}: {result.stderr.strip()}")

    def raw(self, name, method, target, body=b"", seconds=5, **headers):
        """Sends a request of its own: headers by their names, with _ for -."""
        before = len(self.recorder.seen)
        with socket.create_connection(("127.0.0.1", self.recorder.port), timeout=seconds) as connection:
            lines = [f"{method} {target} HTTP/1.1", f"Host: {ADDRESS}", "User-Agent: golden/1.0"] + [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
            lines += [f"Content-Length: {len(body)}"] if body else []
            connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
            try:
                reader = Message(connection)
                reader.body(reader.head(), True)
            except OSError:
                pass  # a stream without end: what came counts
        time.sleep(0.05)
        self.keep(name, self.recorder.seen[before:], target)

    def keep(self, name, fit, what):
        if self.words and not any(word in name for word in self.words):
            return
        if not fit:
            print(f"NOTHING for {name}: {what}")
            return
        save(name, fit[-1])
        print(f"{name}: {len(fit[-1][3])} bytes")


POD = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"web"}},"spec":{"automountServiceAccountToken":false,"containers":[{"name":"c","image":"busybox","imagePullPolicy":"Never","command":["sh","-c","echo started; sleep 600"],"env":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"MODE","value":"fast"}]}]}}"""
DEPLOYMENT = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"shop"}},"template":{"metadata":{"labels":{"app":"shop"}},"spec":{"containers":[{"name":"c","image":"busybox","args":["--mode=fast","--db-password=hunter2"],"env":[{"name":"API_TOKEN","value":"hunter2"}]}]}}}}"""
SECRET = """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db"},"stringData":{"password":"hunter2"}}"""
CONFIG = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"mode":"fast"}}"""
CRD = """{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.golden.example"},"spec":{"group":"golden.example","scope":"Namespaced","names":{"plural":"things","singular":"thing","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}"""
THING = """{"apiVersion":"golden.example/v1","kind":"Thing","metadata":{"name":"one"},"spec":{"size":3,"password":"hunter2"}}"""
BUDGET = """{"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"keep"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"web"}}}}"""
EVICTION = b'{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"one","namespace":"golden"}}'
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
PARTIAL = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"
PROTOBUF = "application/vnd.kubernetes.protobuf"
JSON = "application/json"


def play(s, home):
    n, k, r = f"/api/v1/namespaces/{NS}", s.kubectl, s.raw
    r("create/namespace", "POST", "/api/v1/namespaces", b'{"metadata":{"name":"golden"}}', Content_Type=JSON)
    time.sleep(2)
    k("kubectl/create-pod", "POST", "/pods", ["create", "-f", "-"], text=POD % "one")
    k("kubectl/create-deployment", "POST", "/deployments", ["create", "-f", "-"], text=DEPLOYMENT)
    k("kubectl/apply-create-secret", "POST", "/secrets", ["apply", "-f", "-"], text=SECRET)
    k("kubectl/apply-change-secret", "PATCH", "/secrets/db", ["apply", "-f", "-"], text=SECRET.replace("hunter2", "hunter3"))
    k("kubectl/apply-server-side", "PATCH", "/configmaps/settings", ["apply", "--server-side", "-f", "-"], text=CONFIG)
    k("kubectl/apply-server-side-conflict", "PATCH", "/configmaps/settings", ["apply", "--server-side", "--field-manager=other", "-f", "-"], text=CONFIG.replace("fast", "slow"))
    k("kubectl/apply-dry-run", "PATCH", "/configmaps/settings", ["apply", "--server-side", "--dry-run=server", "-f", "-"], text=CONFIG)
    k("kubectl/get-pod", "GET", "/pods/one", ["get", "pod", "one", "-o", "json"])
    k("kubectl/get-pods-table", "GET", "/pods", ["get", "pods"])
    k("kubectl/get-secrets-table", "GET", "/secrets", ["get", "secrets", "--field-selector=type=Opaque"])
    k("kubectl/get-secret", "GET", "/secrets/db", ["get", "secret", "db", "-o", "yaml"])
    k("kubectl/get-paged", "GET", "/configmaps", ["get", "configmaps", "--chunk-size=1"])
    k("kubectl/get-not-found", "GET", "/pods/none", ["get", "pod", "none"])
    k("kubectl/get-by-label", "GET", "/pods", ["get", "pods", "-A", "-l", "app=web,tier!=x"])
    k("kubectl/get-watch", "GET", "/pods.*watch", ["get", "pods", "--watch", "--request-timeout=1s"])
    k("kubectl/describe-events", "GET", "/events", ["describe", "pod", "one"])
    k("kubectl/old-get-pods", "GET", "/pods", ["get", "pods"], program=OLD_KUBECTL)
    k("kubectl/label", "PATCH", "/pods/one", ["label", "pod", "one", "tier=front"])
    k("kubectl/annotate", "PATCH", "/pods/one", ["annotate", "pod", "one", "note=hello"])
    k("kubectl/patch-strategic", "PATCH", "/deployments/web", ["patch", "deployment", "web", "-p", '{"spec":{"template":{"spec":{"containers":[{"name":"c","env":[{"name":"API_TOKEN","value":"hunter4"}]}]}}}}'])
    k("kubectl/patch-merge", "PATCH", "/secrets/db", ["patch", "secret", "db", "--type=merge", "-p", '{"stringData":{"password":"hunter5"}}'])
    k("kubectl/patch-json", "PATCH", "/secrets/db", ["patch", "secret", "db", "--type=json", "-p", '[{"op":"replace","path":"/data/password","value":"aHVudGVyNg=="}]'])
    k("kubectl/patch-json-fails", "PATCH", "/secrets/db", ["patch", "secret", "db", "--type=json", "-p", '[{"op":"test","path":"/data/none","value":"aHVudGVyNg=="}]'])
    k("kubectl/edit", "PATCH", "/configmaps/settings", ["edit", "configmap", "settings"], env={"KUBE_EDITOR": "sed -i s/fast/edited/"})
    k("kubectl/replace", "PUT", "/configmaps/settings", ["replace", "-f", "-"], text=CONFIG)
    k("kubectl/scale", "PATCH", "/scale", ["scale", "deployment", "web", "--replicas=0"])
    k("kubectl/rollout-restart", "PATCH", "/deployments/web", ["rollout", "restart", "deployment", "web"])
    k("kubectl/set-image", "PATCH", "/deployments/web", ["set", "image", "deployment/web", "c=busybox:2"])
    k("kubectl/can-i", "POST", "/selfsubjectaccessreviews", ["auth", "can-i", "delete", "pods"])
    k("kubectl/can-i-list", "POST", "/selfsubjectrulesreviews", ["auth", "can-i", "--list"])
    k("kubectl/top", "GET", "/apis", ["top", "pods"])
    k("kubectl/api-resources", "GET", "/apis/coordination.k8s.io/v1", ["api-resources"], env={"HOME": home + "/other"})
    k("kubectl/version", "GET", "/version", ["version"])
    k("kubectl/wait", "GET", "/pods", ["wait", "pod/one", "--for=condition=Ready", "--timeout=20s"], seconds=40)
    k("kubectl/logs", "GET", "/log", ["logs", "one"])
    k("kubectl/exec-spdy", "POST", "/exec", ["exec", "one", "--", "sh", "-c", "echo hello; exit 3"], env={"KUBECTL_REMOTE_COMMAND_WEBSOCKETS": "false"})
    k("kubectl/exec-no-container", "POST", "/exec", ["exec", "one", "-c", "none", "--", "true"], env={"KUBECTL_REMOTE_COMMAND_WEBSOCKETS": "false"})
    k("kubectl/cordon", "PATCH", "/nodes/127.0.0.1", ["cordon", "127.0.0.1", "--dry-run=server"])
    k("kubectl/create-token", "POST", "/token", ["create", "token", "default"])
    k("kubectl/create-generated", "POST", "/configmaps", ["create", "-f", "-"], text=CONFIG.replace('"name":"settings"', '"generateName":"made-"'))
    k("kubectl/create-again", "POST", "/secrets", ["create", "-f", "-"], text=SECRET)
    k("kubectl/create-invalid", "POST", "/deployments", ["create", "--validate=false", "-f", "-"], text=DEPLOYMENT.replace('"web"', '"WEB_"'))
    k("kubectl/create-in-no-namespace", "POST", "/configmaps", ["create", "-n", "golden-none", "-f", "-"], text=CONFIG)
    k("kubectl/create-role", "POST", "/roles", ["create", "role", "reader", "--verb=get,list", "--resource=pods"])
    k("kubectl/create-as", "POST", "/configmaps", ["create", "configmap", "x", "--from-literal=a=b", "--as=mallory", "--as-group=dev"])
    k("kubectl/create-cronjob", "POST", "/cronjobs", ["create", "-f", "-"], text='{"apiVersion":"batch/v1beta1","kind":"CronJob","metadata":{"name":"nightly"},"spec":{"schedule":"0 3 * * *","suspend":true,"jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"busybox","env":[{"name":"BACKUP_KEY","value":"hunter2"}]}]}}}}}}')
    k("custom/create-crd", "POST", "/customresourcedefinitions", ["create", "-f", "-"], text=CRD)
    time.sleep(3)
    r("custom/create", "POST", f"/apis/golden.example/v1/namespaces/{NS}/things", THING.encode(), Content_Type=JSON)
    r("custom/get", "GET", f"/apis/golden.example/v1/namespaces/{NS}/things/one", Accept=JSON)
    r("custom/list-table", "GET", f"/apis/golden.example/v1/namespaces/{NS}/things", Accept=TABLE)
    r("custom/patch-merge", "PATCH", f"/apis/golden.example/v1/namespaces/{NS}/things/one", b'{"spec":{"password":"hunter7"}}', Content_Type="application/merge-patch+json")
    k("evict/budget", "POST", "/poddisruptionbudgets", ["create", "-f", "-"], text=BUDGET)
    time.sleep(3)
    r("evict/admitted", "POST", f"{n}/pods/one/eviction", EVICTION, Content_Type=JSON)
    for name, target, accept in (("pods", f"{n}/pods?limit=1", PROTOBUF), ("secret", f"{n}/secrets/db", PROTOBUF), ("configmap", f"{n}/configmaps/settings", PROTOBUF), ("not-found", f"{n}/pods/none", PROTOBUF), ("watch", f"{n}/secrets?watch=1&timeoutSeconds=1&fieldSelector=metadata.name%3Ddb", PROTOBUF + ";stream=watch"),
                                 ("version", "/version", PROTOBUF), ("lease", "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler", PROTOBUF)):
        r(f"protobuf/{name}", "GET", target, Accept=accept)
    for name, target, more in (("list-limit", f"{n}/configmaps?limit=1", {}), ("list-partial", f"{n}/secrets?fieldSelector=metadata.name%3Ddb", {"Accept": PARTIAL}), ("table-objects", f"{n}/secrets?includeObject=Object&fieldSelector=metadata.name%3Ddb", {"Accept": TABLE}),
                               ("watch-configmaps", f"{n}/configmaps?watch=1&timeoutSeconds=1", {"Accept": JSON}), ("watch-from-1", f"{n}/configmaps?watch=1&resourceVersion=1&timeoutSeconds=1", {"Accept": JSON}), ("watch-bookmarks", f"{n}/pods?watch=1&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=0", {"Accept": TABLE}),
                               ("legacy-watch", f"/api/v1/watch/namespaces/{NS}/configmaps/settings?timeoutSeconds=1", {}), ("yaml", f"{n}/secrets/db", {"Accept": "application/yaml"}), ("not-acceptable", f"{n}/secrets/db", {"Accept": "image/png"}),
                               ("bad-token-401", f"{n}/pods", {"Authorization": "Bearer wrong-token"}), ("impersonated-403", f"{n}/secrets/db", {"Impersonate-User": "mallory", "Impersonate-Group": "dev"}),
                               ("bad-selector-400", f"{n}/pods?labelSelector=%3D%3D", {}), ("unknown-group-404", "/apis/none.example/v1/things", {}), ("continue-bad", f"{n}/pods?limit=1&continue=wrong", {})):
        r(f"get/{name}", "GET", target, **more)
    for name, target in (("healthz", "/healthz"), ("livez-verbose", "/livez?verbose"), ("api", "/api"), ("apis", "/apis"), ("root", "/"), ("no-such-path", "/none"), ("openapi-v2-gzip", "/openapi/v2")):
        r(f"nonresource/{name}", "GET", target, **({"Accept_Encoding": "gzip"} if "gzip" in name else {}))
    r("nonresource/head-version", "HEAD", "/version")
    r("nonresource/options", "OPTIONS", "/api/v1/pods")
    r("write/method-not-allowed", "POST", f"{n}/pods/one/status", b"{}", Content_Type=JSON)
    r("write/unsupported-type", "POST", f"{n}/configmaps", b"a=b", Content_Type="application/x-www-form-urlencoded")
    r("write/invalid-json", "POST", f"{n}/secrets", b'{"metadata":{"name":"x"},"data":{"password":"hunter2"', Content_Type=JSON)
    r("write/not-base64", "POST", f"{n}/secrets", b'{"metadata":{"name":"x"},"data":{"password":"hunter 2!"}}', Content_Type=JSON)
    r("write/conflict-409", "PUT", f"{n}/configmaps/settings", b'{"metadata":{"name":"settings","resourceVersion":"1"},"data":{}}', Content_Type=JSON)
    r("write/yaml", "POST", f"{n}/configmaps?dryRun=All&fieldManager=golden", b"metadata:\n  name: from-yaml\ndata:\n  mode: fast\n", Content_Type="application/yaml")
    r("write/apply-yaml", "PATCH", f"{n}/secrets/applied?fieldManager=golden&force=true", b"apiVersion: v1\nkind: Secret\nstringData:\n  password: hunter2\n", Content_Type="application/apply-patch+yaml")
    r("write/binding-subject-access", "POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", b'{"spec":{"user":"alice","groups":["dev"],"resourceAttributes":{"verb":"get","resource":"pods","namespace":"golden"}}}', Content_Type=JSON)
    r("write/token-review", "POST", "/apis/authentication.k8s.io/v1/tokenreviews", b'{"spec":{"token":"hunter2"}}', Content_Type=JSON)
    r("write/lease", "POST", f"/apis/coordination.k8s.io/v1/namespaces/{NS}/leases", b'{"metadata":{"name":"leader"},"spec":{"holderIdentity":"one","leaseDurationSeconds":15}}', Content_Type=JSON)
    r("write/event", "POST", f"{n}/events", b'{"metadata":{"name":"e1"},"involvedObject":{"kind":"Pod","name":"one","namespace":"golden"},"reason":"Golden","message":"pulled","type":"Normal"}', Content_Type=JSON)
    r("write/csr", "POST", "/apis/certificates.k8s.io/v1/certificatesigningrequests", b'{"metadata":{"name":"golden-csr"},"spec":{"signerName":"golden.example/none","usages":["client auth"],"request":"bm90IGEgcmVxdWVzdA=="}}', Content_Type=JSON)
    r("write/status-patch", "PATCH", f"{n}/pods/one/status", b'{"status":{"message":"hello"}}', Content_Type="application/merge-patch+json")
    r("kubelet/proxy-healthz", "GET", "/api/v1/nodes/127.0.0.1/proxy/healthz")
    r("kubelet/proxy-logs", "GET", f"/api/v1/nodes/127.0.0.1/proxy/containerLogs/{NS}/one/c")
    r("kubelet/proxy-none", "GET", "/api/v1/nodes/none/proxy/metrics")
    r("kubelet/service-proxy", "GET", f"{n}/services/https:none:443/proxy/x?a=b")
    r("delete/options", "DELETE", f"{n}/configmaps/settings", b'{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background","preconditions":{"resourceVersion":"1"}}', Content_Type=JSON)
    k("delete/secret", "DELETE", "/secrets/db", ["delete", "secret", "db"])
    k("delete/deployment-foreground", "DELETE", "/deployments/web", ["delete", "deployment", "web", "--cascade=foreground", "--wait=false"])
    r("delete/collection", "DELETE", f"{n}/configmaps?labelSelector=app%3Dnone")
    k("delete/pod", "DELETE", "/pods/one", ["delete", "pod", "one", "--wait=false", "--grace-period=1"])


def main():
    recorder = Recorder(os.environ["KUBECONFIG"].split(":")[0])
    with tempfile.TemporaryDirectory() as home:
        steps = Steps(recorder, sys.argv[1:], home)
        try:
            play(steps, home)
        finally:
            for what in (["namespace", NS], ["crd", "things.golden.example"], ["csr", "golden-csr"]):
                steps.run(["delete", *what, "--ignore-not-found", "--wait=false"])


main()
