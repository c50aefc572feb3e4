using System.Text;
using System.Text.Json.Nodes;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Redact.Protobuf.Tree;

/// <summary>The same object of a real apiserver in JSON and in protobuf: protobuf tells the same, and no more.</summary>
public class RealTreeTests(TestCluster cluster)
{
    private const int LeastKinds = 20, LeastTexts = 400, LeastHidden = 10;

    // One of each that matters: variables, flags, headers, annotations of templates, tolerations, JSON within, keys of data.
    // The definition is not served: that would change what the apiserver says of itself, which others compare meanwhile.
    private const string Manifest = """
        {"apiVersion":"v1","kind":"List","items":[
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"db"},"stringData":{"password":"CANARY-secret-1","plain":"CANARY-secret-2"}},
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"mode":"CANARY-config-1"},"binaryData":{"b":"/wBDQU5BUlk="}},
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"name":"http","port":80,"targetPort":"http"},{"name":"other","port":81,"targetPort":8081}]}},
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","labels":{"app":"lonely"}},"spec":{"nodeName":"NAMESPACE-nowhere","automountServiceAccountToken":false,
          "tolerations":[{"key":"x/secret","operator":"Equal","value":"CANARY-toleration","effect":"NoExecute"},{"key":"x/zone","operator":"Equal","value":"north","effect":"NoExecute"}],
          "volumes":[{"name":"scratch","emptyDir":{"sizeLimit":"10Mi"}},{"name":"files","configMap":{"name":"settings","items":[{"key":"mode","path":"mode.txt"}]}}],
          "containers":[{"name":"web","image":"web:1","args":["--password","CANARY-args-1","--db-token=CANARY-args-2","--mode=fast"],
            "env":[{"name":"DB_PASSWORD","value":"CANARY-env-1"},{"name":"MODE","value":"fast"},{"name":"HOOK","value":"postgres://u:CANARY-env-2@host/db"},{"name":"USERNAME","valueFrom":{"secretKeyRef":{"name":"db","key":"user"}}}],
            "livenessProbe":{"httpGet":{"path":"/live","port":"http","httpHeaders":[{"name":"Authorization","value":"CANARY-header-1"},{"name":"Accept","value":"text/plain"}]}},
            "resources":{"limits":{"cpu":"1500m","memory":"64Mi"}},"volumeMounts":[{"name":"files","mountPath":"/etc/files"}],"ports":[{"name":"http","containerPort":80}]}]}},
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},"template":{
          "metadata":{"labels":{"app":"web"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"CANARY-copy-1","note":"two\nlines","login":"Bearer CANARY-bearer-1"}},
          "spec":{"containers":[{"name":"web","image":"web:2","command":["serve","--api-key=CANARY-args-3"],"env":[{"name":"API_TOKEN","value":"CANARY-env-3"}]}]}}}},
        {"apiVersion":"apps/v1","kind":"ControllerRevision","metadata":{"name":"web-1"},"revision":1,"data":{"spec":{"template":{"spec":{"password":"CANARY-json-1","image":"web:3","env":[{"name":"MY_KEY","value":"CANARY-json-2"}]}}}}},
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"once"},"spec":{"parallelism":0,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"once","image":"once:1","env":[{"name":"SESSION","value":"CANARY-env-4"}]}]}}}},
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"reader"},"rules":[{"apiGroups":["","apps"],"resources":["pods","deployments"],"verbs":["get","list"],"resourceNames":["web"]}]},
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"reader"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},"subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"alice"}]},
        {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"closed"},"spec":{"podSelector":{"matchLabels":{"app":"web"}},"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.0/8"}}],"ports":[{"port":"http"}]}]}},
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"leader"},"spec":{"holderIdentity":"web-1","leaseDurationSeconds":15,"renewTime":"2026-01-02T03:04:05.678901Z"}},
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"seen"},"involvedObject":{"kind":"Pod","name":"web","namespace":"NAMESPACE"},"reason":"Seen","message":"Told it: Bearer CANARY-bearer-2","type":"Normal"},
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.NAMESPACE.example.com"},"spec":{"group":"NAMESPACE.example.com","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget"},
          "versions":[{"name":"v1","served":false,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"size":{"type":"integer","minimum":1.5,"description":"How large"},"adminPassword":{"type":"string","default":"CANARY-schema-1"}}}}}}}]}}
        ]}
        """;

    private static readonly BodyRedactor Redactor = RedactHarness.Create(new RedactOptions { MaxBodyBytes = 64 * 1024 * 1024 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redact_EveryKindOfTheCluster_TellsInProtobufWhatItTellsInJson()
    {
        await using var objects = await RealObjects.CreateAsync(cluster, Manifest, Cancel);
        var (kinds, texts, hidden) = (new HashSet<string>(), 0, 0);
        foreach (var path in await objects.ListsAsync(Cancel))
        {
            // At one moment, whatever others do meanwhile.
            var version = (string?)(await objects.JsonAsync(path + "?limit=1", Cancel))["metadata"]!["resourceVersion"];
            var exact = $"{path}?resourceVersion={version}&resourceVersionMatch=Exact";
            if (await objects.ProtobufAsync(exact, Cancel) is not { } protobuf)
            {
                continue;
            }

            var sent = await objects.JsonBytesAsync(exact, Cancel);
            var (inJson, inProtobuf) = (Keep(exact, sent, RedactHarness.Json), Keep(exact, protobuf, ProtobufWire.ContentType));
            inProtobuf.Head.ShouldBe(inJson.Head, path);
            if (inJson.Body.Content.IsEmpty)
            {
                inProtobuf.Body.Content.IsEmpty.ShouldBeTrue(path);
                continue;
            }

            var (raw, json, tree) = (Items(sent), Items(inJson.Body.Content.Span), Items(inProtobuf.Body.Content.Span));
            tree.Count.ShouldBe(json.Count, path);
            for (var i = 0; i < json.Count; i++)
            {
                var where = $"{path} {json[i]["metadata"]!["name"]}";
                Metadata(tree[i]).ShouldBe(Metadata(json[i]), where);
                var leaves = new KeptLeaves(Rest(tree[i]));
                foreach (var (text, wasHidden) in Leaves(Rest(raw[i]), Rest(json[i])))
                {
                    if (wasHidden)
                    {
                        hidden++;
                        leaves.Texts.Any(kept => kept.Contains(text, StringComparison.Ordinal)).ShouldBeFalse($"{where}: {text} is hidden in JSON; {tree[i].ToJsonString()}");
                    }
                    else
                    {
                        texts++;
                        leaves.Has(text).ShouldBeTrue($"{where}: {text} is there in JSON; {tree[i].ToJsonString()}");
                    }
                }

                kinds.Add(path);
            }

            inProtobuf.Text().ShouldNotContain("CANARY", Case.Sensitive, path);
        }

        kinds.Count.ShouldBeGreaterThan(LeastKinds, string.Join(' ', kinds));
        texts.ShouldBeGreaterThan(LeastTexts);
        hidden.ShouldBeGreaterThan(LeastHidden);
    }

    private static RedactedBody Keep(string path, byte[] body, string contentType) =>
        Redactor.Redact(new BodyContext(RequestInfoParser.Parse("GET", path), "GET", false, 200, contentType, ""), new(body), truncated: false);

    private static List<JsonObject> Items(ReadOnlySpan<byte> list) => [.. JsonNode.Parse(Encoding.UTF8.GetString(list))!["items"]!.AsArray().Select(item => item!.AsObject())];

    // Protobuf has them as bytes, which are left out.
    private static string Metadata(JsonObject item)
    {
        var metadata = item["metadata"]!.DeepClone().AsObject();
        metadata.Remove("managedFields");
        metadata.Remove("selfLink");
        return metadata.ToJsonString();
    }

    private static JsonObject Rest(JsonObject item)
    {
        var rest = item.DeepClone().AsObject();
        Array.ForEach(["kind", "apiVersion", "metadata"], name => rest.Remove(name));
        return rest;
    }

    // Texts as sent, and whether they were hidden in JSON. Where only a name that a tree does not have says that nothing is hidden, neither.
    private static IEnumerable<(string Text, bool WasHidden)> Leaves(JsonNode? raw, JsonNode? kept) => (raw, kept) switch
    {
        (JsonObject before, JsonObject after) => before.Zip(after)
            .SelectMany(pair => Leaves(pair.First.Value, pair.Second.Value).Where(leaf => leaf.WasHidden || !(IsSecret(pair.First.Key) || IsSecret((string?)before["name"]) || IsSecret((string?)before["key"])))),
        (JsonArray before, JsonArray after) => before.Zip(after).SelectMany(pair => Leaves(pair.First, pair.Second)),
        (JsonValue before, JsonValue after) when before.TryGetValue<string>(out var text) && text.Length > 0 => [(text, after.ToJsonString() != before.ToJsonString())],
        _ => [],
    };

    private static bool IsSecret(string? name) => name is not null && SecretNames.Default.IsSecretVariable(Encoding.UTF8.GetBytes(name));
}
