using System.Net;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Tests.Clusters;

/// <summary>Settings and kubeconfigs that change under a running gateway.</summary>
public sealed class ClusterReloadTests : IAsyncLifetime
{
    private readonly TwoUpstreams _gateway = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _gateway.InitializeAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Kubeconfig_PointsElsewhere_CallsGoThereAndTheWatchGoesOn()
    {
        using var next = new SemaphoreSlim(0);
        var closed = CancellationToken.None;
        _gateway.Prod.Script = context =>
        {
            closed = context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed;
            return WatchOf(next)(context);
        };
        using var client = _gateway.Client();
        using var watch = await client.GetAsync("/clusters/prod/api/v1/namespaces/long/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var events = new StreamReader(await watch.Content.ReadAsStreamAsync(Cancel));
        await using var moved = await ScriptedUpstream.StartAsync();
        moved.Script = context => context.Response.WriteAsync("moved");

        _gateway.WriteKubeconfig(moved);

        await AnswersAsync(client, "/clusters/prod/version", "moved");
        next.Release();
        (await events.ReadLineAsync(Cancel)).ShouldBe("event");
        closed.IsCancellationRequested.ShouldBeFalse();
        next.Release(1000);
        while (await events.ReadLineAsync(Cancel) is not null)
        {
            // until it ends as the upstream ends it
        }

        (await _gateway.Sink.SingleAsync(call => call.Namespace == "long", Cancel)).Cluster.ShouldBe("prod");
        await Eventually.Async(() => closed.IsCancellationRequested, Cancel, what: "the former connections are closed with their last call");
    }

    [Fact]
    public async Task Settings_NewAndGoneClusters_AreServedAndNotWithoutARestart()
    {
        await using var third = await ScriptedUpstream.StartAsync();
        third.Script = context => context.Response.WriteAsync("third");
        await File.WriteAllTextAsync(_gateway.Home["third"], third.Kubeconfig("t"), Cancel);
        using var client = _gateway.Client();
        (await client.GetStringAsync("/clusters/prod/version", Cancel)).ShouldBe("prod");

        _gateway.WriteSettings($$$"""{"Clusters":{"third":{"Kubeconfig":"{{{_gateway.Home["third"]}}}"} } }""");

        await AnswersAsync(client, "/clusters/third/version", "third");
        await AnswersAsync(client, "/clusters/prod/version", "default"); // nobody's name: a path like another
        await Eventually.Async(() => KubeconfigLoader.Contexts([_gateway.Home["kubeconfig"]]).SequenceEqual(["scripted", "third"]), Cancel, what: "the issued kubeconfig has both");
        client.DefaultRequestHeaders.Host = TwoUpstreams.Host;
        using var gone = await client.GetAsync("/version", Cancel);
        gone.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest); // and not the default cluster's answer
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("""{"Clusters":{"prod":{"Kubeconfig":"/none"}}}""")]
    [InlineData("""{"Clusters":{"prod":{"Identity":"everybody"}}}""")]
    public async Task Settings_ThatCannotBeUsed_LeaveWhatIsThere(string settings)
    {
        using var client = _gateway.Client();
        (await client.GetStringAsync("/clusters/prod/version", Cancel)).ShouldBe("prod");

        _gateway.WriteSettings(settings);
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel); // three looks
        (await client.GetStringAsync("/clusters/prod/version", Cancel)).ShouldBe("prod");

        _gateway.WriteSettings("{}");
        await AnswersAsync(client, "/clusters/prod/version", "default");
    }

    [Fact]
    public async Task Settings_WithoutAChange_KeepTheConnections()
    {
        using var client = _gateway.Client();
        var connections = new HashSet<string>();
        _gateway.Prod.Script = context =>
        {
            lock (connections)
            {
                connections.Add(context.Connection.Id);
            }

            return Task.CompletedTask;
        };
        await client.GetStringAsync("/clusters/prod/version", Cancel);

        _gateway.WriteSettings($$$"""{ "Clusters": {"prod":{"Kubeconfig":"{{{_gateway.Home["prod"]}}}","Hosts":["{{{TwoUpstreams.Host}}}"],"ResponseBodyBytes":0},"again":{"Kubeconfig":"{{{_gateway.Home["prod"]}}}"}} }""");
        await Eventually.Async(() => KubeconfigLoader.Contexts([_gateway.Home["kubeconfig"]]).Contains("again"), Cancel, what: "the new cluster");
        await client.GetStringAsync("/clusters/prod/version", Cancel);

        connections.Count.ShouldBe(1);
    }

    private static async Task AnswersAsync(HttpClient client, string path, string answer) =>
        await Eventually.Async(async () => await client.GetStringAsync(path, Cancel) == answer, Cancel, what: $"{path} is answered by {answer}");

    private static RequestDelegate WatchOf(SemaphoreSlim next) => async context =>
    {
        await context.Response.Body.FlushAsync();
        for (var i = 0; context.Request.QueryString.HasValue && i < 3; i++)
        {
            await next.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("event\n");
            await context.Response.Body.FlushAsync();
        }
    };
}
