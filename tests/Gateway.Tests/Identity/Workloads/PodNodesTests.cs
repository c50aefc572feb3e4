using System.Collections.Concurrent;
using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Identity.Workloads;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Identity.Workloads;

public sealed class PodNodesTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly StoppedTime _time = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private TestApiServer _server = null!;
    private UpstreamCluster _cluster = null!;
    private PodNodes _nodes = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var authority = TestAuthority.Create();
        _server = await TestApiServer.StartAsync(authority.Server("127.0.0.1"));
        Answer(context => context.Response.WriteAsync("""{"spec":{"nodeName":"worker-1"}}"""));
        _cluster = UpstreamHarness.Cluster(_folder.Write("config", KubeconfigText.One(_server.Address, UpstreamHarness.CaData(authority))));
        _nodes = new PodNodes(new ReviewClient(_cluster, TimeProvider.System), _time);
    }

    public async ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Complete_UnknownPod_WaitsForItsNode()
    {
        var workload = Pod("ci-0");

        await _nodes.CompleteAsync(workload, Cancel);

        workload.Node.ShouldBe("worker-1");
        _asked.ShouldBe(["/api/v1/namespaces/prod/pods/ci-0"]);
    }

    [Theory]
    [InlineData(200, 59, 1)]
    [InlineData(200, 60, 2)]
    [InlineData(404, 0, 1)]
    [InlineData(404, 1, 2)]
    public async Task Complete_AgainAfterAWhile_AsksOnlyWhenTheAnswerIsOld(int status, int minutes, int asked)
    {
        Answer(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("""{"kind":"Status","spec":{"nodeName":"worker-1"}}""");
        });
        await _nodes.CompleteAsync(Pod("ci-0"), Cancel);
        _time.Now += TimeSpan.FromMinutes(minutes);
        var again = Pod("ci-0");

        await _nodes.CompleteAsync(again, Cancel);

        again.Node.ShouldBe(status == 200 ? "worker-1" : "");
        _asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Complete_ManyAtOnce_AsksAboutAFewAndHoldsUpNobodyElse()
    {
        var come = new TaskCompletionSource();
        Answer(async context =>
        {
            await come.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("""{"spec":{"nodeName":"worker-1"}}""");
        });
        var waiting = Enumerable.Range(0, PodNodes.MaxUnderWay).Select(i => _nodes.CompleteAsync(Pod($"ci-{i}"), Cancel)).ToList();
        var more = Pod("one-more");

        _nodes.CompleteAsync(more, Cancel).IsCompletedSuccessfully.ShouldBeTrue();

        more.Node.ShouldBe("");
        await Eventually.Async(() => _asked.Count == PodNodes.MaxUnderWay, Cancel, what: "the others are asked about");
        come.SetResult();
        await Task.WhenAll(waiting);
        await _nodes.CompleteAsync(more, Cancel);
        more.Node.ShouldBe("worker-1");
    }

    [Fact]
    public void Complete_NodeIsKnownOrNoPodIs_AsksNothing()
    {
        _nodes.CompleteAsync(new Workload("prod", "ci-0", "", "worker-9"), Cancel).IsCompletedSuccessfully.ShouldBeTrue();
        _nodes.CompleteAsync(Workload.None, Cancel).IsCompletedSuccessfully.ShouldBeTrue();

        _asked.ShouldBeEmpty();
    }

    private static Workload Pod(string name) => new("prod", name, "", "");

    private void Answer(RequestDelegate answer) => _server.Answer = context =>
    {
        _asked.Enqueue(context.Request.Path);
        return answer(context);
    };

    /// <summary>No timer ever fires.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
