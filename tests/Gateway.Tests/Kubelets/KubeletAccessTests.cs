using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Kubelets;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Kubelets;

public sealed class KubeletAccessTests : IAsyncLifetime
{
    private static readonly KubeletAttributes Metrics = KubeletPaths.Resolve("GET", "/metrics");

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _asked = [];
    private bool _allowed = true;
    private TestApiServer _server = null!;
    private UpstreamCluster _cluster = null!;
    private KubeletAccess _access = null!;

    public async ValueTask InitializeAsync()
    {
        var authority = TestAuthority.Create();
        _server = await TestApiServer.StartAsync(authority.Server("127.0.0.1"));
        _server.Answer = context =>
        {
            _asked.Add(context.Request.Path.Value!.Split('/')[^1]);
            return context.Response.WriteAsync($$$"""{"status":{"allowed":{{{(_allowed ? "true" : "false")}}}}}""");
        };
        _cluster = UpstreamHarness.Cluster(_folder.Write("config", KubeconfigText.One(_server.Address, UpstreamHarness.CaData(authority))));
        _access = new KubeletAccess("worker-1", _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    public async Task Refusal_Again_IsAskedForAfter10Seconds(int seconds, int asked)
    {
        (await AskAsync(Jane())).ShouldBeNull();
        _allowed = false;
        _clock.Now += TimeSpan.FromSeconds(seconds);

        ((await AskAsync(Jane())) is null).ShouldBe(asked == 1);
        _asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Refusal_OfOthersWhoShareAName_IsAskedForEach()
    {
        (await AskAsync(Jane())).ShouldBeNull();
        _allowed = false;

        (await AskAsync(Jane("ops"))).ShouldNotBeNull();
        (await AskAsync(new Caller { Name = "jane", Uid = "7", Source = "" })).ShouldNotBeNull();
        (await AskAsync(new Caller { Name = "jane", Extra = [new("scopes", ["none"])], Source = "" })).ShouldNotBeNull();
        (await AskAsync(Jane())).ShouldBeNull();
    }

    [Fact]
    public async Task Refusal_WhereEveryCallIsTheOwners_AsksAboutTheGatewayItself()
    {
        _allowed = false;

        (await AskAsync(null)).ShouldBe("the gateway's user may not get nodes/metrics of node \"worker-1\", says cluster \"prod\"");
        _asked.ShouldBe(["selfsubjectaccessreviews"]);
    }

    [Fact]
    public async Task Refusal_MethodWithoutVerb_IsNeverAllowed() =>
        (await AskAsync(Jane(), KubeletPaths.Resolve("PROPFIND", "/metrics"))).ShouldNotBeNull();

    private static Caller Jane(params string[] groups) => new() { Name = "jane", Groups = groups, Source = "" };

    private async Task<string?> AskAsync(Caller? caller, KubeletAttributes? what = null) =>
        await _access.RefusalAsync(new AccessReviewer(new ReviewClient(_cluster, TimeProvider.System)), "prod", caller, what ?? Metrics, TestContext.Current.CancellationToken);
}
