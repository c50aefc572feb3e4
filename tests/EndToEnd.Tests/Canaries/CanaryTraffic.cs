using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Canaries;

/// <summary>Calls with canaries wherever KubeLens promises that they are not kept: of every kind, in every shape and content type.</summary>
/// <param name="client">Through the gateway.</param>
/// <param name="corpus">Makes the canaries.</param>
internal sealed class CanaryTraffic(HttpClient client, CanaryCorpus corpus, CancellationToken cancel)
{
    private const string Json = "application/json", Protobuf = "application/vnd.kubernetes.protobuf", Table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private const int Objects = 24, PaddedKeys = 30, Padding = 12_000;

    private int _names;

    private string Base => $"/api/v1/namespaces/{corpus.Control}";

    public async Task RunAsync()
    {
        await SecretsAsync();
        await WorkloadsAsync();
        await PatchesAsync();
        await LongOnesAsync();
        await ReviewsAsync();
        await CredentialsAsync();
        await CborAsync();
        await HeadersAndQueriesAsync();
        await ReadsAsync();
    }

    private static string Text(byte[] json, string parent, string member) => JsonDocument.Parse(json).RootElement.GetProperty(parent).GetProperty(member).GetString()!;

    private static string Pem(string canary) => $"-----BEGIN PRIVATE KEY-----\\n{canary}\\n-----END PRIVATE KEY-----\\n";

    private async Task SecretsAsync()
    {
        for (var i = 0; i < Objects; i++)
        {
            await PostAsync($"{Base}/secrets", Json, $$"""
                {"kind":"Secret","apiVersion":"v1","metadata":{"name":"{{Name()}}","annotations":{"note":"Bearer {{corpus.New("secret/annotation")}}","kubectl.kubernetes.io/last-applied-configuration":"{\"k\":\"{{corpus.New("secret/last-applied")}}\"}"} },
                 "stringData":{"user":"{{corpus.New("secret/stringData")}}","key":"{{Pem(corpus.New("secret/pem"))}}"},"data":{"raw":"{{corpus.Base64("secret/data")}}"} }
                """);
            await PostAsync($"{Base}/configmaps", Json, $$"""
                {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"{{Name()}}"},
                 "data":{"app.properties":"password={{corpus.New("configmap/data")}}","kubeconfig":"users:\n- user:\n    token: {{corpus.New("configmap/kubeconfig")}}"},"binaryData":{"raw":"{{corpus.Base64("configmap/binaryData")}}"} }
                """);
            await PostAsync($"{Base}/secrets", "application/yaml", $"""
                kind: Secret
                apiVersion: v1
                metadata:
                  name: {Name()}
                stringData:
                  user: {corpus.New("yaml secret/stringData")}
                data:
                  raw: {corpus.Base64("yaml secret/data")}
                """);
        }
    }

    private async Task WorkloadsAsync()
    {
        foreach (var (path, kind, spec) in new (string Path, string Kind, Func<string, string> Spec)[]
        {
            ("apps/v1", "Deployment", pod => $$"""{"replicas":0,"selector":{"matchLabels":{"a":"b"} },"template":{{pod}} }"""),
            ("apps/v1", "StatefulSet", pod => $$"""{"replicas":0,"serviceName":"x","selector":{"matchLabels":{"a":"b"} },"template":{{pod}} }"""),
            ("batch/v1beta1", "CronJob", pod => $$"""{"schedule":"0 0 1 1 *","suspend":true,"jobTemplate":{"spec":{"template":{{pod}} } } }"""),
        })
        {
            for (var i = 0; i < 6; i++)
            {
                var pod = $$"""
                    {"metadata":{"labels":{"a":"b"} },"spec":{"restartPolicy":"{{(kind == "CronJob" ? "Never" : "Always")}}","containers":[{"name":"c","image":"x",
                     "env":[{"name":"DB_PASSWORD","value":"{{corpus.New($"{kind}/env")}}"},{"name":"LEVEL","value":"{{corpus.Control}}"},{"name":"URL","value":"https://me:{{corpus.New($"{kind}/url")}}@db.example.com/x"}],
                     "args":["--db-password={{corpus.New($"{kind}/flag")}}","--token","{{corpus.New($"{kind}/next word")}}","Authorization: Bearer {{corpus.New($"{kind}/bearer")}}","{{corpus.Jwt($"{kind}/jwt")}}"]}]} }
                    """;
                await PostAsync($"/apis/{path}/namespaces/{corpus.Control}/{kind.ToLowerInvariant()}s", Json, $$"""{"kind":"{{kind}}","apiVersion":"{{path}}","metadata":{"name":"{{Name()}}"},"spec":{{spec(pod)}} }""");
            }
        }
    }

    private async Task PatchesAsync()
    {
        foreach (var resource in new[] { "secrets", "configmaps" })
        {
            var kind = resource == "secrets" ? "Secret" : "ConfigMap";
            var name = Name();
            await PostAsync($"{Base}/{resource}", Json, $$"""{"kind":"{{kind}}","apiVersion":"v1","metadata":{"name":"{{name}}"},"data":{} }""");
            for (var i = 0; i < 5; i++)
            {
                string Value(string shape) => resource == "secrets" ? corpus.Base64($"{resource}/{shape}") : corpus.New($"{resource}/{shape}");
                await PatchAsync($"{Base}/{resource}/{name}", "application/merge-patch+json", $$"""{"data":{"a{{i}}":"{{Value("merge patch")}}"} }""");
                await PatchAsync($"{Base}/{resource}/{name}", "application/strategic-merge-patch+json", $$"""{"data":{"b{{i}}":"{{Value("strategic patch")}}"} }""");
                await PatchAsync($"{Base}/{resource}/{name}", "application/json-patch+json", $$"""[{"op":"add","path":"/data/c{{i}}","value":"{{Value("json patch")}}"}]""");
                await PatchAsync($"{Base}/{resource}/{name}?fieldManager=canaries&force=true", "application/apply-patch+yaml", $"kind: {kind}\napiVersion: v1\nmetadata: {{name: {name}}}\ndata: {{d{i}: {Value("apply")}}}\n");
            }
        }
    }

    // Longer than what is kept: the cut falls somewhere within.
    private async Task LongOnesAsync()
    {
        foreach (var (resource, kind) in new[] { ("secrets", "Secret"), ("configmaps", "ConfigMap") })
        {
            var data = Enumerable.Range(0, PaddedKeys).Select(i => $"\"k{i:D2}\":\"{(resource == "secrets" ? Convert.ToBase64String(Encoding.UTF8.GetBytes(corpus.New($"{resource}/cut") + new string('x', Padding))) : corpus.New($"{resource}/cut") + new string('x', Padding))}\"");
            await PostAsync($"{Base}/{resource}", Json, $$"""{"kind":"{{kind}}","apiVersion":"v1","metadata":{"name":"{{Name()}}"},"data":{ {{string.Join(",", data)}} } }""");
        }
    }

    private async Task ReviewsAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            await PostAsync("/apis/authentication.k8s.io/v1/tokenreviews", Json, $$"""{"kind":"TokenReview","apiVersion":"authentication.k8s.io/v1","spec":{"token":"{{corpus.New("tokenreview")}}"} }""");
        }
    }

    // What somebody is let in with: asked for, given, signed.
    private async Task CredentialsAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var answer = await PostAsync($"{Base}/serviceaccounts/default/token", Json, """{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","spec":{"expirationSeconds":600} }""");
            corpus.Learn("token request", Text(answer, "status", "token"));

            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={corpus.Control}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
            var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{request}\n"));
            var name = Name();
            var path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
            await PostAsync(path, Json, $$"""
                {"kind":"CertificateSigningRequest","apiVersion":"certificates.k8s.io/v1","metadata":{"name":"{{name}}","annotations":{"note":"Bearer {{corpus.New("csr/annotation")}}"} },
                 "spec":{"request":"{{encoded}}","signerName":"example.com/{{corpus.Control}}","usages":["client auth"]} }
                """);
            corpus.Learn("csr/request", request[..request.LastIndexOf("-----END", StringComparison.Ordinal)].TrimEnd());
            corpus.Learn("csr/request in base64", encoded[..^60]);
            foreach (var accept in new[] { Json, Protobuf })
            {
                using var read = new HttpRequestMessage(HttpMethod.Get, $"{path}/{name}") { Headers = { { "Accept", accept } } };
                (await SendAsync(read)).ShouldNotBeEmpty();
            }

            await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"{path}/{name}"));
        }
    }

    // A server before 1.32 refuses it, and says so; what was sent is recorded all the same.
    private async Task CborAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            foreach (var (resource, json) in new[]
            {
                ("secrets", $$"""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"{{Name()}}","annotations":{"note":"Bearer {{corpus.New("cbor secret/annotation")}}"} },"data":{"raw":"{{corpus.Base64("cbor secret/data")}}"},"stringData":{"user":"{{corpus.New("cbor secret/stringData")}}"} }"""),
                ("configmaps", $$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"{{Name()}}"},"data":{"app.properties":"password={{corpus.New("cbor configmap/data")}}"} }"""),
                ("pods", $$"""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{Name()}}"},"spec":{"containers":[{"name":"c","image":"x","env":[{"name":"DB_PASSWORD","value":"{{corpus.New("cbor pod/env")}}"}]}]} }"""),
            })
            {
                var content = new ByteArrayContent(CborWire.FromJson(json)) { Headers = { ContentType = new MediaTypeHeaderValue(CborWire.ContentType) } };
                (await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{Base}/{resource}") { Content = content })).ShouldNotBeEmpty();
            }
        }
    }

    private async Task HeadersAndQueriesAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Base}/configmaps?limit=1&token={corpus.New("query/token")}&Api-Key={corpus.New("query/key")}&fieldManager={corpus.Jwt("query/jwt")}");
            request.Headers.Add("Cookie", $"session={corpus.New("header/cookie")}");
            request.Headers.Add("X-Note", $"Bearer {corpus.New("header/bearer")}");
            request.Headers.Add("Referer", $"https://example.com/x?password={corpus.New("header/referer")}");
            await SendAsync(request);
            await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{Base}/pods/none/exec?command=mysql&command=--password&command={corpus.New("exec/next word")}&command=--token%3D{corpus.New("exec/flag")}"));
        }
    }

    private async Task ReadsAsync()
    {
        foreach (var path in new[] { $"{Base}/secrets", $"{Base}/configmaps", $"/apis/apps/v1/namespaces/{corpus.Control}/deployments", $"/apis/apps/v1/namespaces/{corpus.Control}/statefulsets", $"/apis/batch/v1beta1/namespaces/{corpus.Control}/cronjobs" })
        {
            foreach (var accept in new[] { Json, "application/yaml", Protobuf, Table })
            {
                foreach (var query in new[] { "", "?limit=3", "?watch=true&timeoutSeconds=1" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, path + query);
                    request.Headers.Add("Accept", accept == Protobuf && query.Contains("watch", StringComparison.Ordinal) ? $"{accept};stream=watch" : accept);
                    request.Headers.Add("Accept-Encoding", query.Length == 0 ? "gzip" : "identity");
                    var content = await SendAsync(request);
                    content.ShouldNotBeEmpty();
                }
            }
        }

        // They have passed: a client that asks is told them. Among them is a token that the cluster made.
        var secrets = JsonDocument.Parse(await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Base}/secrets"))).RootElement.GetProperty("items").EnumerateArray().ToList();
        var token = secrets.Single(secret => secret.GetProperty("type").ValueEquals("kubernetes.io/service-account-token")).GetProperty("data").GetProperty("token").GetString()!;
        corpus.Learn("service account's secret", Encoding.ASCII.GetString(Convert.FromBase64String(token)));
        secrets.SelectMany(secret => secret.GetProperty("data").EnumerateObject()).Count(value => Encoding.UTF8.GetString(value.Value.GetBytesFromBase64()).Contains(corpus.Marker, StringComparison.Ordinal))
            .ShouldBeGreaterThan((4 * Objects) + PaddedKeys);
    }

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"{corpus.Control}-{_names++}");

    private Task<byte[]> PostAsync(string path, string type, string body) => SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(body, type) }, mustSucceed: true);

    private Task<byte[]> PatchAsync(string path, string type, string body) => SendAsync(new HttpRequestMessage(HttpMethod.Patch, path) { Content = Content(body, type) }, mustSucceed: true);

    private static StringContent Content(string body, string type) => new(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private async Task<byte[]> SendAsync(HttpRequestMessage request, bool mustSucceed = false)
    {
        using (request)
        {
            using var response = await client.SendAsync(request, cancel);
            var content = await response.Content.ReadAsByteArrayAsync(cancel);
            if (mustSucceed)
            {
                response.IsSuccessStatusCode.ShouldBeTrue($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {Encoding.UTF8.GetString(content[..Math.Min(content.Length, 500)])}");
            }

            return content;
        }
    }
}
