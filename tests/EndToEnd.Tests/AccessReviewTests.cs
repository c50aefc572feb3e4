using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>A service account that may do everything does some of it through the gateway. Who has just the RBAC that is made of that can do the same, and nothing else.</summary>
public sealed class AccessReviewTests(TestCluster cluster) : IAsyncLifetime
{
    private static readonly string[] Choices =
    [
        "level=names&scope=namespace", "level=names&scope=cluster", "level=resource&scope=namespace", "level=resource&scope=cluster", "level=namespace&scope=namespace", "level=namespace&scope=namespace&wildcards=true",
    ];

    private readonly string _run = $"access-{Guid.NewGuid():N}"[..14];
    private readonly TempFolder _folder = new("access");
    private ClusterAccess? _access;
    private KubeLensSystem? _system;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Kubectl Admin => _access!.Kubectl("admin");

    private string Robot => $"system:serviceaccount:{_run}:robot";

    public async ValueTask InitializeAsync()
    {
        _access = await cluster.RequireAsync(Cancel);
        (await Admin.RunAsync(["create", "namespace", _run], Cancel)).Require();
        (await Admin.RunAsync(["create", "serviceaccount", "robot", "--namespace", _run], Cancel)).Require();
        (await Admin.RunAsync(["create", "clusterrolebinding", _run, "--clusterrole=cluster-admin", $"--serviceaccount={_run}:robot"], Cancel)).Require();
        (await Admin.RunAsync(["create", "configmap", "untouched", "--namespace", _run], Cancel)).Require();
        _system = await KubeLensSystem.StartAsync(_access.Kubeconfig("gateway"), [], new Dictionary<string, string?> { ["Cluster__Identity"] = "passthrough" }, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        if (_access is not null)
        {
            await Admin.RunAsync(["delete", "clusterrolebinding", _run, "--ignore-not-found"], CancellationToken.None);
            await Admin.RunAsync(["delete", "namespace", _run, "--wait=false", "--ignore-not-found"], CancellationToken.None);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Rbac_OfAReview_AllowsWhatWasUsedAndNothingElse()
    {
        await DoAsync(_access!.KubectlWith(await KubeconfigAsync("robot", _system!.Kubeconfig)));
        await _system.Api.FindAsync($"user:\"{Robot}\" path:/healthz", Cancel);
        var calls = await _system.Api.SearchAllAsync($"user:\"{Robot}\"", Cancel);
        calls.ShouldAllBe(call => call.Status != (int)HttpStatusCode.Forbidden);
        calls.Select(call => call.Verb).Distinct().ShouldBe(["get", "list", "create", "patch", "delete"], ignoreOrder: true);

        foreach (var (choice, i) in Choices.Select((choice, i) => (choice, i)))
        {
            var name = $"fresh-{i}";
            (await Admin.RunAsync(["create", "serviceaccount", name, "--namespace", _run], Cancel)).Require();
            var kubeconfig = await KubeconfigAsync(name, _access.Kubeconfig("admin"));
            (await StatusAsync(kubeconfig, "GET", $"/api/v1/namespaces/{_run}/pods")).ShouldBe(HttpStatusCode.Forbidden);

            var review = await ReviewAsync(choice);
            review.DaysSeen.ShouldBeInRange(1, 2);
            var yaml = review.Yaml.Replace("  name: \"robot\"\n", $"  name: \"{name}\"\n", StringComparison.Ordinal);
            yaml.ShouldNotBe(review.Yaml);
            (await Admin.RunAsync(["apply", "-f", "-"], Cancel, yaml)).Require();
            await Eventually.Async(async () => await StatusAsync(kubeconfig, "GET", $"/api/v1/namespaces/{_run}/pods") == HttpStatusCode.OK && await StatusAsync(kubeconfig, "GET", "/api/v1/nodes") == HttpStatusCode.OK, Cancel, what: "the apiserver knows of the new rights");

            // The same commands, and each call as it was recorded.
            await DoAsync(_access.KubectlWith(kubeconfig));
            foreach (var call in calls)
            {
                (await StatusAsync(kubeconfig, call.Method, call.Path)).ShouldNotBe(HttpStatusCode.Forbidden, $"{choice}: {call.Method} {call.Path}");
            }

            (await StatusAsync(kubeconfig, "DELETE", $"/api/v1/namespaces/{_run}/pods/other")).ShouldBe(choice.StartsWith("level=namespace", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, choice);
            (await StatusAsync(kubeconfig, "GET", $"/api/v1/namespaces/{_run}/configmaps/untouched")).ShouldBe(choice.StartsWith("level=names&", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : HttpStatusCode.OK, choice);
            (await StatusAsync(kubeconfig, "GET", $"/api/v1/namespaces/{_run}/secrets")).ShouldBe(choice.EndsWith("wildcards=true", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, choice);
            (await StatusAsync(kubeconfig, "GET", "/api/v1/secrets")).ShouldBe(choice.EndsWith("wildcards=true", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, choice);
            (await StatusAsync(kubeconfig, "PUT", $"/apis/apps/v1/namespaces/{_run}/deployments/web")).ShouldBe(HttpStatusCode.Forbidden, choice);
            (await StatusAsync(kubeconfig, "DELETE", "/api/v1/namespaces/default/configmaps/settings")).ShouldBe(choice.EndsWith("cluster", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, choice);
            (await Admin.RunAsync(["delete", "-f", "-"], Cancel, yaml)).Require();
        }
    }

    // Leaves nothing behind, so that it can be done again.
    private async Task DoAsync(Kubectl kubectl)
    {
        await RunAsync(["apply", "-f", "-"], ConfigMap("settings", "1"));
        await RunAsync(["apply", "-f", "-"], ConfigMap("settings", "2"));
        await RunAsync(["apply", "--server-side", "-f", "-"], ConfigMap("made-by-patch", "1"));
        await RunAsync(["get", "configmap", "settings", "--namespace", _run]);
        await RunAsync(["get", "pods", "--namespace", _run]);
        await RunAsync(["get", "pods", "--all-namespaces"]);
        await RunAsync(["get", "nodes"]);
        await RunAsync(["get", "deployments", "--namespace", _run]);
        await RunAsync(["delete", "configmap", "settings", "made-by-patch", "--wait=false", "--namespace", _run]);
        (await kubectl.RunAsync(["get", "--raw", $"/api/v1/namespaces/{_run}/pods/none/log"], Cancel)).Error.ShouldContain("not found");
        await RunAsync(["get", "--raw", "/healthz"]);

        async Task RunAsync(string[] arguments, string input = "") => (await kubectl.RunAsync(arguments, Cancel, input)).Require();
    }

    private string ConfigMap(string name, string value) => $$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: {{name}}, namespace: {{_run}} }
        data: { value: "{{value}}" }
        """;

    /// <summary>A service account's, at the server of another kubeconfig.</summary>
    private async Task<string> KubeconfigAsync(string account, string kubeconfig)
    {
        var made = (await Admin.RunAsync(["create", "--raw", $"/api/v1/namespaces/{_run}/serviceaccounts/{account}/token", "-f", "-"], Cancel, """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}""")).Require();
        using var answer = JsonDocument.Parse(made);
        var (server, file) = (new ApiAccess(kubeconfig), _folder[$"{account}.kubeconfig"]);
        Scene.WriteKubeconfig(file, server.Address, server.Authority, $"{{token: {answer.RootElement.GetProperty("status").GetProperty("token").GetString()}}}");
        return file;
    }

    // What a body would have to say is asked after whether it may be sent at all.
    private static async Task<HttpStatusCode> StatusAsync(string kubeconfig, string method, string path)
    {
        var access = new ApiAccess(kubeconfig);
        using var request = access.Request(method, path, HttpVersion.Version11);
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new ByteArrayContent("{}"u8.ToArray());
        }

        using var response = await access.Client.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private async Task<AccessReviewResult> ReviewAsync(string choice)
    {
        using var response = await _system!.Api.GetAsync($"/api/v1/access-review?subject={Uri.EscapeDataString(Robot)}&from=now-1h&{choice}", Cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancel));
        return (await response.Content.ReadFromJsonAsync<AccessReviewResult>(JsonSerializerOptions.Web, Cancel))!;
    }
}
