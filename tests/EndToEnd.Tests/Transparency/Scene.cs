using System.Globalization;
using System.Text.Json;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>
/// What all sides share: a service account with every right, so that tokens and certificates can do the same; a namespace that nobody changes,
/// whose objects must come back byte for byte; a namespace for each side.
/// </summary>
internal sealed class Scene(ClusterAccess cluster) : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly TempFolder _folder = new("scene");
    private readonly List<Side> _sides = [];
    private Kubectl Admin { get; } = cluster.Kubectl("admin");

    public ClusterAccess Cluster => cluster;

    /// <summary>Begins every name of this run.</summary>
    public string Run { get; } = $"t{Guid.NewGuid():N}"[..7];

    /// <summary>The unchanging namespace.</summary>
    public string Shared => $"{Run}zz";

    /// <summary>The resource version at which it was complete.</summary>
    public string SharedVersion { get; private set; } = "";

    /// <summary>The apiserver's own address, which it names in some answers.</summary>
    public Uri Address { get; } = new ApiAccess(cluster.Kubeconfig("admin")).Address;

    public string Folder(string name) => _folder[name];

    public string TokenKubeconfig => _folder["token.kubeconfig"];

    public async Task PrepareAsync()
    {
        var filler = string.Concat(Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i} of much the same text; ")));
        var items = Enumerable.Range(0, 60).Select(i => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c{{{i:00}}}","namespace":"{{{Shared}}}","labels":{"half":"{{{i % 2}}}"}},"data":{"text":"{{{filler}}}"}}""");
        await ApplyAsync($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{Shared}}}"}}""");
        await Task.WhenAll(items.Chunk(15).Select(part => ApplyAsync($$$"""{"apiVersion":"v1","kind":"List","items":[{{{string.Join(',', part)}}}]}""")));
        await ApplyAsync($$$"""
            {"apiVersion":"v1","kind":"List","items":[
            {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"caller","namespace":"{{{Shared}}}"}},
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"{{{Run}}}"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},"subjects":[{"kind":"ServiceAccount","name":"caller","namespace":"{{{Shared}}}"}]}]}
            """);
        SharedVersion = JsonDocument.Parse((await Admin.RunAsync(["get", "--raw", $"/api/v1/namespaces/{Shared}/configmaps?limit=1"], Cancel)).Require()).RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString()!;

        const string Request = """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":3600}}""";
        var answer = (await Admin.RunAsync(["create", "--raw", $"/api/v1/namespaces/{Shared}/serviceaccounts/caller/token", "-f", "-"], Cancel, Request)).Require();
        var direct = new ApiAccess(cluster.Kubeconfig("admin"));
        WriteKubeconfig(TokenKubeconfig, direct.Address, direct.Authority, $"{{token: {JsonDocument.Parse(answer).RootElement.GetProperty("status").GetProperty("token").GetString()}}}");
        await Eventually.Async(
            async () => (await cluster.KubectlWith(TokenKubeconfig).RunAsync(["auth", "can-i", "impersonate", "users"], Cancel)).ExitCode == 0,
            Cancel,
            what: "the apiserver knows of the caller's rights");
    }

    /// <summary>A side with a fresh namespace; pods can start in it.</summary>
    public async Task<Side> SideAsync(string letters, string kubeconfig)
    {
        var side = new Side($"{Run}{letters}", kubeconfig, this);
        lock (_sides)
        {
            _sides.Add(side);
        }

        (await Admin.RunAsync(["create", "namespace", side.Namespace], Cancel)).Require();
        await Eventually.Async(
            async () => (await Admin.RunAsync(["get", "serviceaccount", "default", "--namespace", side.Namespace], Cancel)).ExitCode == 0,
            Cancel,
            what: "the namespace's service account");
        return side;
    }

    /// <summary>A kubeconfig for a gateway that leaves the credential to the caller.</summary>
    public static void WriteKubeconfig(string file, Uri server, string authority, string user) => System.IO.File.WriteAllText(file, $$$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: test, cluster: {server: "{{{server.AbsoluteUri.TrimEnd('/')}}}", certificate-authority-data: {{{authority}}} }}]
        users: [{name: test, user: {{{user}}} }]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        current-context: test
        """);

    public async ValueTask DisposeAsync()
    {
        await Admin.RunAsync(["delete", "namespace", "--wait=false", Shared, .. _sides.Select(side => side.Namespace)], CancellationToken.None);
        await Admin.RunAsync(["delete", "clusterrolebinding", Run], CancellationToken.None);
        foreach (var side in _sides)
        {
            side.Dispose();
        }

        _folder.Dispose();
    }

    private async Task ApplyAsync(string json) => (await Admin.RunAsync(["create", "-f", "-"], Cancel, json)).Require();
}
