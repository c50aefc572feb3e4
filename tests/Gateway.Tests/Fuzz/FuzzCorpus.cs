using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>What is changed to make inputs: the golden files, and a few by hand.</summary>
internal static class FuzzCorpus
{
    private static readonly ConcurrentDictionary<string, byte[][]> Files = new();

    public static byte[][] Yaml { get; } = Texts(
        "apiVersion: v1\ndata:\n  a: x # c\nstringData: {b: 'y'}\nkind: Secret\n",
        "spec:\n  replicas: 2\n  t: |\n    a\n    b\n  l:\n  - name: PASSWORD\n    value: x\n  - \"1\"\n---\nkind: List\nitems: []\n",
        "kind: \"Se\\u0063ret\"\nstringData: {\"a\": \"\\ud83d\\ude00\"}\n",
        "a: &x {b: >-\n  c}\n? [d]\n: !!binary AQID\n");

    public static byte[][] Targets { get; } = Texts(
        "/api/v1/namespaces/shop/secrets/db?fieldManager=x&dryRun=All", "/apis/apps/v1/namespaces/a/deployments/web/scale", "/api/v1/watch/namespaces/a/pods/x",
        "/api/v1/proxy/namespaces/a/services/https:web:443/x%2Fy", "/api/v1/nodes/n/proxy/run/ns/pod/c?cmd=ls&token=abc", "/api/v1/namespaces/a/pods/p/exec?command=mysql&command=--password&command=x&stdin=true",
        "/api/v1/pods?fieldSelector=metadata.name%3Dweb-0,status.phase!=Running&labelSelector=a%20in%20(b,c)&limit=500&continue=eyJ2IjoibWV0YSJ9", "/apis", "/healthz?verbose", "https://h:6443/api/v1/pods", "/stats/summary", "/pods", "*", "");

    public static byte[][] Headers { get; } = Texts(
        "Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrIn0.c2ln\nUser-Agent: kubectl/v1.32.0 (linux/amd64)\nAccept: application/json;as=Table;v=v1", "Cookie: a=b; c=d\nSec-WebSocket-Protocol: v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.abc",
        "Location: https://u:p@h/x?token=y\nX-Remote-User: alice\nWarning: 299 - \"old\"", "authorization: Basic dTpw\nProxy-Authorization: Negotiate abc\n: x\n");

    public static byte[][] Warnings { get; } = Texts(
        "299 - \"extensions/v1beta1 Ingress is deprecated in v1.14+\", 299 - \"unknown field \\\"spec.foo\\\"\"", "299 host:443 \"a\" \"Wed, 21 Oct 2015 07:28:00 GMT\",299 - \"b\"", "110 anderson/1.3.37 \"Response is stale\"", "299 - \"cut\\");

    public static byte[][] UserAgents { get; } = Texts("kubectl/v1.32.0 (linux/amd64) kubernetes/70d3cc9", "kube-controller-manager/v1.20.2 (linux/amd64) kubernetes/faecb19/leader-election", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", "curl/7.88");

    public static byte[][] Heads { get; } = Texts("CONNECT 127.0.0.1:6443 HTTP/1.1\r\nHost: 127.0.0.1:6443\r\n\r\n", "CONNECT [::1]:6443 HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "CONNECT kube.example:443 HTTP/1.1\r\nProxy-Authorization: Basic dTpw\r\n\r\n");

    public static byte[][] Queries { get; } = Texts("verb:delete ns:shop", "NOT (user:alice OR user:\"b c\") status:4xx..5xx", "duration>1.5s size>=10MB name:web-*", "time:now-1h..now", "path:\"/api/v1\" resource:pods/exec -verb:(get,list)", "body.spec.replicas:3", "a b \"c", "((((((a))))))");

    public static byte[][] Kubeconfigs { get; } = Texts("""
        apiVersion: v1
        kind: Config
        current-context: a
        clusters:
        - {name: c, cluster: {server: "https://127.0.0.1:6443", insecure-skip-tls-verify: true, tls-server-name: x, proxy-url: "http://p:1"}}
        users:
        - {name: u, user: {token: t, as: x, as-groups: [g], as-user-extra: {k: [v]}}}
        - name: e
          user:
            exec: {apiVersion: client.authentication.k8s.io/v1, command: x, args: [a], env: [{name: A, value: b}], interactiveMode: Never}
        contexts:
        - {name: a, context: {cluster: c, user: u, namespace: n}}
        - {name: b, context: {cluster: c, user: e}}
        """, """{"clusters":[{"name":"c","cluster":{"server":"https://h","certificate-authority-data":"LS0tLS1CRUdJTg=="}}],"contexts":[{"name":"a","context":{"cluster":"c"}}],"current-context":"a","users":[{"name":"u","user":{"username":"a","password":"b","client-certificate-data":"AQID","client-key-data":"AQID"}}]}""");

    public static byte[][] Golden(string pattern) => Files.GetOrAdd(pattern, p => [.. Directory.GetFiles(Path.Combine(Folder(), "..", "Redact", "Golden"), p).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    public static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
