using KubeLens.Contracts.Calls;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Search;

/// <summary>The cases that a person would try first; <see cref="SearchAgreementTests"/> tries the rest.</summary>
public sealed class SearchFieldTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_ByEachField_FindsTheRightCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(
            [
                SampleCalls.One(name: "pod"),
                SampleCalls.One("bob", "shell") with { Verb = "create", Subresource = "exec", Method = "POST", Status = 101, UserAgent = "kubectl/v1.29.0 exec" },
                SampleCalls.One("carol", "deploy") with { Verb = "patch", ApiGroup = "apps", Resource = "deployments", Namespace = "prod", Status = 403, Reason = "Forbidden", Groups = ["devs"], LatencyUs = 2_000_000 },
                SampleCalls.One("system:serviceaccount:prod:ci", "") with { Verb = "list", Resource = "secrets", Namespace = "prod", Status = 500, Cluster = "staging", SourceIp = "10.1.2.3" },
                SampleCalls.One("dave", "") with { Verb = "get", ApiPrefix = "", ApiVersion = "", Resource = "", Namespace = "", Path = "/healthz", Query = "", Status = 0, Caller = "robot", ImpersonatedUser = "root" },
            ],
            Cancel);
        string[] all = ["pod", "shell", "deploy", "list", "health"];

        async Task ShouldFindAsync(string query, params string[] expected)
        {
            var found = await store.SearchAsync(query, Cancel);
            found.Select(i => i.Name.Length > 0 ? i.Name : i.Verb == "list" ? "list" : "health").ShouldBe(expected, ignoreOrder: true, customMessage: query);
        }

        await ShouldFindAsync("", all);
        await ShouldFindAsync("user:bob", "shell");
        await ShouldFindAsync("user:Bob");
        await ShouldFindAsync("user:system:serviceaccount:prod:ci", "list");
        await ShouldFindAsync("user:system:*", "list");
        await ShouldFindAsync("-user:bob", "pod", "deploy", "list", "health");
        await ShouldFindAsync("VERB:Patch", "deploy");
        await ShouldFindAsync("verb:(patch,list)", "deploy", "list");
        await ShouldFindAsync("resource:pods", "pod");
        await ShouldFindAsync("resource:pods/*", "pod", "shell");
        await ShouldFindAsync("resource:pods/exec", "shell");
        await ShouldFindAsync("resource:pods sub:exec", "shell");
        await ShouldFindAsync("resource:deployments.apps", "deploy");
        await ShouldFindAsync("resource:deployments.batch");
        await ShouldFindAsync("group:core", "pod", "shell", "list");
        await ShouldFindAsync("-resource:*", "health");
        await ShouldFindAsync("ns:PROD", "deploy", "list");
        await ShouldFindAsync("-ns:prod", "pod", "shell", "health");
        await ShouldFindAsync("-ns:*", "health");
        await ShouldFindAsync("name:shell OR name:pod", "shell", "pod");
        await ShouldFindAsync("name:po?", "pod");
        await ShouldFindAsync("name:\"po?\"");
        await ShouldFindAsync("status:4xx", "deploy");
        await ShouldFindAsync("status:none", "health");
        await ShouldFindAsync("status:400..599", "deploy", "list");
        await ShouldFindAsync("status:<500", "pod", "shell", "deploy");
        await ShouldFindAsync("-status:200", "shell", "deploy", "list", "health");
        await ShouldFindAsync("reason:forbidden", "deploy");
        await ShouldFindAsync("latency:>1s", "deploy");
        await ShouldFindAsync("respsize:17B", all);
        await ShouldFindAsync("groups:devs", "deploy");
        await ShouldFindAsync("-groups:devs", "pod", "shell", "list", "health");
        await ShouldFindAsync("ua:~EXEC", "shell");
        await ShouldFindAsync("cluster:staging", "list");
        await ShouldFindAsync("ip:10.1.*", "list");
        await ShouldFindAsync("caller:robot as:root", "health");
        await ShouldFindAsync("path:/healthz", "health");
        await ShouldFindAsync("method:post", "shell");
        await ShouldFindAsync("class:interactive", "shell");
        await ShouldFindAsync("is:denied", "deploy");
        await ShouldFindAsync("is:secret", "list");
        await ShouldFindAsync("is:mutating", "deploy");
        await ShouldFindAsync("CAROL", "deploy");
        await ShouldFindAsync("healthz", "health");
        await ShouldFindAsync("\"default/pods\"", "pod", "shell", "deploy", "list");
        await ShouldFindAsync("default -exec", "pod", "deploy", "list");
        await ShouldFindAsync("trace:0af7651916cd43dd8448eb211c80319c", all);
        await ShouldFindAsync("-trace:*");
    }

    [Fact]
    public async Task Search_ByWorkload_FindsTheRightCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(
            [
                SampleCalls.One(name: "first") with { Pod = "ci-7d4b-x2kqp", Node = "worker-1" },
                SampleCalls.One(name: "second") with { Pod = "ci-7d4b-x2kqp", Node = "worker-2" },
                SampleCalls.One(name: "lost") with { Pod = "web-0" },
                SampleCalls.One(name: "kubelet") with { Node = "Worker-1" },
                SampleCalls.One(name: "laptop"),
            ],
            Cancel);

        async Task ShouldFindAsync(string query, params string[] expected) => (await store.SearchAsync(query, Cancel)).Select(i => i.Name).ShouldBe(expected, ignoreOrder: true, customMessage: query);

        await ShouldFindAsync("pod:ci-7d4b-x2kqp", "first", "second");
        await ShouldFindAsync("pod:ci-* node:worker-2", "second");
        await ShouldFindAsync("node:worker-1", "first");
        await ShouldFindAsync("node:~WORKER-1", "first", "kubelet");
        await ShouldFindAsync("-node:worker-1", "second", "lost", "kubelet", "laptop");
        await ShouldFindAsync("pod:* -node:*", "lost");
        await ShouldFindAsync("-pod:* node:*", "kubelet");
        await ShouldFindAsync("-pod:* -node:*", "laptop");
        await ShouldFindAsync("pod:web-0 OR node:Worker-1", "lost", "kubelet");
    }

    [Fact]
    public async Task Search_ByConnection_FindsTheRightCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One(name: "good");
        await store.DeliverAsync(
            [
                call,
                SampleCalls.One(name: "old-tls") with { Client = call.Client with { TlsVersion = "1.2", Cipher = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", Alpn = "http/1.1" } },
                SampleCalls.One(name: "insecure") with { Upstream = call.Upstream with { Trust = CallTrust.Unverified, Address = "fd00::7" }, Timings = new CallTimings(null, null, 1, 2_000_000) },
                SampleCalls.One(name: "plain") with { Upstream = new CallSide { Address = "10.0.0.9", Port = 8080, Trust = CallTrust.Plaintext }, Watch = new CallWatch { Encoding = "json", Errors = 1, ErrorCode = 410 }, Client = call.Client with { ServerName = "Kube.Example" } },
                SampleCalls.One(name: "refused") with { Upstream = CallSide.None, Timings = CallTimings.None },
            ],
            Cancel);

        async Task ShouldFindAsync(string query, params string[] expected) => (await store.SearchAsync(query, Cancel)).Select(i => i.Name).ShouldBe(expected, ignoreOrder: true, customMessage: query);

        await ShouldFindAsync("tls:1.2", "old-tls");
        await ShouldFindAsync("-tls:1.3", "old-tls");
        await ShouldFindAsync("cipher:~ecdhe", "old-tls");
        await ShouldFindAsync("cipher:tls_aes_128_gcm_sha256 -is:plaintext -peer:*", "refused");
        await ShouldFindAsync("alpn:http/1.1", "old-tls");
        await ShouldFindAsync("sni:kube.example", "plain");
        await ShouldFindAsync("peer:10.0.0.7:6443", "good", "old-tls");
        await ShouldFindAsync("peer:10.0.0.*", "good", "old-tls", "plain");
        await ShouldFindAsync("peer:[fd00::7]:6443", "insecure");
        await ShouldFindAsync("upstream:>1s", "insecure");
        await ShouldFindAsync("upstream:<=1s", "good", "old-tls", "plain");
        await ShouldFindAsync("-upstream:*", "refused");
        await ShouldFindAsync("is:unverified", "insecure");
        await ShouldFindAsync("is:(plaintext,unverified)", "insecure", "plain");
        await ShouldFindAsync("is:gone", "plain");
        await ShouldFindAsync("-is:plaintext -is:unverified", "good", "old-tls", "refused");
    }
}
