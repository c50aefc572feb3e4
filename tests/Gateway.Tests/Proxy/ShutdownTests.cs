using KubeLens.Contracts.Calls;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>A gateway that is told to stop; each test has one of its own.</summary>
public sealed class ShutdownTests
{
    // Gateway/Proxy/ProxyServices: 8 s, and some for the process's own end.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(12);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ShortCalls_UnderWay_GetTheirWholeAnswers()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.InitializeAsync();
        var (arrived, answer) = (new CountdownEvent(10), new TaskCompletionSource());
        gateway.Upstream.Script = async context =>
        {
            arrived.Signal();
            await context.Response.WriteAsync("first ");
            await answer.Task;
            await context.Response.WriteAsync("second");
        };
        using var client = gateway.Client();
        var calls = Enumerable.Range(0, 10).Select(i => client.GetStringAsync($"/api/v1/namespaces/drained/configmaps/c{i}", Cancel)).ToList();
        await Eventually.Async(() => arrived.IsSet, Cancel, what: "the calls are upstream");
        gateway.Process.Signal(Signals.Terminate);
        await Task.Delay(500, Cancel);
        answer.SetResult();

        (await Task.WhenAll(calls)).ShouldAllBe(text => text == "first second");
        (await gateway.Process.WaitForExitAsync(Cancel, Budget)).ShouldBe(0);
        await Eventually.Async(() => gateway.Sink.Matching(c => c.Namespace == "drained").Count == 10, Cancel, what: "their records");
        gateway.Sink.Matching(c => c.Namespace == "drained").ShouldAllBe(c => c.Outcome == CallOutcome.Completed);
    }

    [Fact]
    public async Task CallsThatNeverEnd_HoldUpTheStopNoLongerThanItsBudget()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.InitializeAsync();
        gateway.Upstream.Script = async context =>
        {
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        using var client = gateway.Client();
        using var endless = await client.GetAsync("/api/v1/namespaces/endless/configmaps/c", HttpCompletionOption.ResponseHeadersRead, Cancel);
        gateway.Process.Signal(Signals.Terminate);

        (await gateway.Process.WaitForExitAsync(Cancel, Budget)).ShouldBe(0, string.Join('\n', gateway.Process.Lines));
        (await gateway.Sink.SingleAsync(c => c.Namespace == "endless", Cancel)).Outcome.ShouldBe(CallOutcome.ClientLeft);
    }

    /// <summary>client-go takes an end without an error as its cue to watch on from where it was.</summary>
    [Fact]
    public async Task Watches_OverBothProtocols_EndWithoutAnError()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.InitializeAsync();
        gateway.Upstream.Script = async context =>
        {
            await context.Response.WriteAsync("{\"type\":\"ADDED\"}\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        using var http2 = gateway.Client();
        using var http1 = gateway.Client(System.Net.HttpVersion.Version11);
        using var first = await http1.GetAsync("/api/v1/namespaces/ending/pods?watch=1", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var second = await http2.GetAsync("/api/v1/namespaces/ending/pods?watch=1", HttpCompletionOption.ResponseHeadersRead, Cancel);
        var bodies = new[] { first.Content.ReadAsStringAsync(Cancel), second.Content.ReadAsStringAsync(Cancel) };
        await Task.Delay(200, Cancel);
        gateway.Process.Signal(Signals.Terminate);

        (await Task.WhenAll(bodies)).ShouldAllBe(body => body == "{\"type\":\"ADDED\"}\n");
        (await gateway.Process.WaitForExitAsync(Cancel, Budget)).ShouldBe(0);
        gateway.Sink.Matching(c => c.Namespace == "ending").Count.ShouldBe(2);
    }
}
