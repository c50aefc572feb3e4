using System.Net;
using System.Net.Http.Headers;
using KubeLens.EndToEnd.Tests.Transparency;

namespace KubeLens.EndToEnd.Tests.Agreement;

/// <summary>Calls of every kind in one namespace, drawn by a seed: what exists, what was meant and what is refused depends on what came before.</summary>
internal sealed class MixedTraffic(Caller caller, string run, string ns, int seed)
{
    private const string Json = "application/json";
    private static readonly string[] Types = ["application/json", "application/json", "application/vnd.kubernetes.protobuf", "application/json;as=Table;v=v1;g=meta.k8s.io", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"];
    private readonly Random _random = new(seed);
    private readonly ApiAccess _api = new(caller.Kubeconfig);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Calls one after the other; what the answers say does not matter.</summary>
    /// <returns>Those that had no answer, because their connection broke.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(int calls)
    {
        var broken = new List<string>();
        for (var i = 0; i < calls; i++)
        {
            var (method, target, body, type) = Next();
            using var request = _api.Request(method, target, _random.Next(3) == 0 ? HttpVersion.Version11 : HttpVersion.Version20);
            request.Headers.TryAddWithoutValidation("User-Agent", $"{run}-{caller.Name}/mixed");
            request.Headers.TryAddWithoutValidation("Accept", Types[_random.Next(Types.Length)]);
            if (caller.As.Length > 0)
            {
                request.Headers.TryAddWithoutValidation("Impersonate-User", caller.As);
            }

            if (body is not null)
            {
                request.Content = new StringContent(body, new MediaTypeHeaderValue(type));
            }

            try
            {
                using var response = await _api.Client.SendAsync(request, Cancel);
                await response.Content.ReadAsByteArrayAsync(Cancel);
            }
            catch (HttpRequestException failure)
            {
                broken.Add($"{caller.Name}: no answer to {method} {target} over HTTP/{request.Version}: {failure.InnerException?.Message ?? failure.Message}");
            }
        }

        return broken;
    }

    private (string Method, string Target, string? Body, string Type) Next()
    {
        var (maps, one, name) = ($"/api/v1/namespaces/{ns}/configmaps", $"/api/v1/namespaces/{ns}/configmaps/m{_random.Next(6)}", $"m{_random.Next(6)}");
        var deployments = $"/apis/apps/v1/namespaces/{ns}/deployments";
        return _random.Next(44) switch
        {
            0 or 1 or 2 => ("POST", maps, Map($"\"name\":\"{name}\""), Json),
            3 => ("POST", maps, Map("\"generateName\":\"made-\""), Json),
            4 => ("POST", maps + "?dryRun=All&fieldManager=mixed", Map($"\"name\":\"{name}\""), Json),
            5 => ("POST", maps, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-yaml}\n", "application/yaml"),
            6 => ("POST", maps, "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"broken\"", Json),
            7 => ("POST", maps, Map("\"name\":\"Not_A_Name\""), Json),
            8 => ("PUT", one, Map($"\"name\":\"{one[(one.LastIndexOf('/') + 1)..]}\""), Json),
            9 => ("PUT", one, Map("\"name\":\"another\""), Json),
            10 => ("PATCH", one, """{"data":{"p":"1"}}""", "application/merge-patch+json"),
            11 => ("PATCH", one, """{"data":{"p":"2"}}""", "application/strategic-merge-patch+json"),
            12 => ("PATCH", one, """[{"op":"add","path":"/data/p","value":"3"}]""", "application/json-patch+json"),
            13 => ("PATCH", one + "?fieldManager=mixed&force=true", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + one[(one.LastIndexOf('/') + 1)..] + "}\ndata: {a: b}\n", "application/apply-patch+yaml"),
            14 or 15 or 16 => ("GET", one, null, Json),
            17 => ("GET", maps, null, Json),
            18 => ("GET", maps + "?limit=2&labelSelector=a%3Db", null, Json),
            19 => ("GET", maps + "?fieldSelector=metadata.name%3D" + name, null, Json),
            20 => ("GET", maps + "?watch=1&timeoutSeconds=1&resourceVersion=0", null, Json),
            21 => ("GET", $"/api/v1/watch/namespaces/{ns}/configmaps/{name}?timeoutSeconds=1", null, Json),
            22 => ("GET", one + "?watch=true&timeoutSeconds=1", null, Json),
            23 or 24 => ("DELETE", one, null, Json),
            25 => ("DELETE", one, """{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"00000000-0000-0000-0000-000000000000"}}""", Json),
            26 => ("DELETE", maps + "?labelSelector=collected%3Dyes", null, Json),
            27 => ("GET", $"/api/v1/namespaces/{ns}", null, Json),
            28 => ("GET", $"/api/v1/namespaces/{ns}/status", null, Json),
            29 => ("GET", "/api/v1/namespaces?limit=1", null, Json),
            30 => ("POST", deployments, $$$$$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{{{name}}}}}"},"spec":{"paused":true,"replicas":0,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"localhost/test/pause:1"}]}}}}""", Json),
            31 => ("GET", $"{deployments}/{name}/scale", null, Json),
            32 => ("PATCH", $"{deployments}/{name}/scale", """{"spec":{"replicas":0}}""", "application/merge-patch+json"),
            33 => ("PATCH", $"{deployments}/{name}/status", """{"status":{}}""", "application/merge-patch+json"),
            34 => ("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}""", Json),
            35 => ("POST", $"/api/v1/namespaces/{ns}/serviceaccounts/default/token", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}""", Json),
            36 => ("POST", $"/api/v1/namespaces/{ns}/pods/{name}/eviction", $$$"""{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"{{{name}}}"}}""", Json),
            37 => ("GET", $"/api/v1/namespaces/{ns}/pods/{name}/log", null, Json),
            38 => ("GET", $"/api/v1/namespaces/{ns}/services/https:{name}:443/proxy/x/y", null, Json),
            39 => ("GET", "/apis/nothing.example.org/v1/namespaces/" + ns + "/things/" + name, null, Json),
            40 => ("HEAD", one, null, Json),
            41 => ("GET", new[] { "/version", "/healthz", "/apis", "/api/v1", "/apis/apps/v1", "/livez/ping", "/nothing/here" }[_random.Next(7)], null, Json),
            42 => ("GET", $"/api/v1/namespaces/{ns}%2Fconfigmaps/{name}", null, Json),
            _ => ("OPTIONS", maps, null, Json),
        };
    }

    private static string Map(string metadata) => "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{" + metadata + ",\"labels\":{\"a\":\"b\"}},\"data\":{\"x\":\"y\"}}";
}
