using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture.Open;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Capture.Open;

/// <summary>What the Store is told of calls while they run.</summary>
public sealed class OpenCallTests : GatewayUnderTest
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OpenCallTests() => Settings["Capture__OpenUpdate"] = "00:00:01";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_Running_IsToldUpdatedAndEndsAsAnnounced()
    {
        var go = new SemaphoreSlim(0);
        Upstream.Script = async context =>
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await go.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("""{"type":"BOOKMARK"}""" + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await _end.Task.WaitAsync(context.RequestAborted);
        };
        using var client = Client();
        using var response = await client.GetAsync("/api/v1/namespaces/default/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await Eventually.Async(() => Told() is [.., { Status: 200 }], Cancel, what: "its status");
        var (before, told) = (Told().Count, Told()[^1]);
        (told.Verb, told.Resource, told.Namespace, told.Status, told.ResponseBytes).ShouldBe(("watch", "pods", "default", 200, 0));
        told.RequestHeaders.ShouldNotBeEmpty();
        told.Client.TlsVersion.ShouldNotBeEmpty();
        told.Position.ShouldBeNull();

        go.Release();
        await Eventually.Async(() => Told()[^1].ResponseBytes == 20, Cancel, what: "an update with the bytes so far");
        var watch = Told()[^1].Watch;
        (watch.Encoding, watch.Bookmarks, watch.BookmarkBytes, watch.Events.Count).ShouldBe(("json", 1, 19, 0));
        await Eventually.Async(() => Sink.Leases.Count >= 4, Cancel, what: "leases");
        Told().Count.ShouldBe(before + 1, "a quiet watch is covered by the lease");
        Sink.Leases[^1].Boot.ShouldBe(told.Boot);

        _end.SetResult();
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("BOOKMARK");
        var ended = await Sink.SingleAsync(call => call.Verb == "watch", Cancel);
        (ended.Announced, ended.Boot, ended.Sequence, ended.AuditId).ShouldBe((true, told.Boot, told.Sequence, told.AuditId));
        (ended.Watch.Bookmarks, ended.Watch.Events.ShouldHaveSingleItem().Type).ShouldBe((1, "BOOKMARK"));
    }

    [Fact]
    public async Task Watch_TheStoreIsAway_IsToldWhenItIsBack()
    {
        Upstream.Script = async context =>
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await _end.Task.WaitAsync(context.RequestAborted);
        };
        Sink.IsAway = true;
        using var client = Client();
        using var response = await client.GetAsync("/api/v1/namespaces/away/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel); // it is tried, and not taken
        Told().ShouldBeEmpty();

        Sink.IsAway = false;
        await ToldAsync(1);
        _end.SetResult();
        (await Sink.SingleAsync(call => call.Verb == "watch", Cancel)).Announced.ShouldBeTrue();
    }

    [Fact]
    public async Task Watch_TheAnswerIsLate_IsToldWithoutStatusAndThenWithIt()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Upstream.Script = async context =>
        {
            await go.Task.WaitAsync(context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await _end.Task.WaitAsync(context.RequestAborted);
        };
        using var client = Client();
        var asked = client.GetAsync("/api/v1/namespaces/late/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await ToldAsync(1);
        Told()[0].Status.ShouldBe(0);
        Told()[0].ResponseHeaders.ShouldBeEmpty();

        go.SetResult();
        await Eventually.Async(() => Told()[^1].Status == 200, Cancel, what: "its status");
        _end.SetResult();
        (await asked).Dispose();
    }

    [Fact]
    public async Task Watch_EndsAtOnce_IsNotTold()
    {
        Upstream.Script = context => context.Response.WriteAsync("""{"type":"ADDED"}""" + "\n");
        using var client = Client();
        await client.GetStringAsync("/version", Cancel); // so that connections are there
        CallRecord ended;
        var i = 0;
        do
        {
            var name = $"short-{i++}";
            await client.GetStringAsync($"/api/v1/namespaces/{name}/pods?watch=true", Cancel);
            ended = await Sink.SingleAsync(call => call.Namespace == name, Cancel);
        }
        while (ended.LatencyUs > OpenCallWorker.Look.TotalMicroseconds / 2); // on a busy machine

        ended.Announced.ShouldBeFalse();
        await Task.Delay(TimeSpan.FromSeconds(1.5), Cancel);
        Told().ShouldAllBe(call => call.Namespace != ended.Namespace);

        // The lease goes on where nothing runs, and says that all of this is delivered.
        await Eventually.Async(() => Sink.Leases is [.., { DeliveredUntil: { } until }] && until > ended.Time, Cancel, what: "a lease");
    }

    [Fact]
    public async Task OrdinaryCall_Slow_IsNotTold()
    {
        Upstream.Script = async context => await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
        using var client = Client();
        using var response = await client.GetAsync("/api/v1/namespaces/slow/pods", Cancel);

        (await Sink.SingleAsync(call => call.Verb == "list", Cancel)).Announced.ShouldBeFalse();
        Sink.Open(_ => true).ShouldBeEmpty();
    }

    private IReadOnlyList<CallRecord> Told() => Sink.Open(call => call.Verb == "watch");

    private Task ToldAsync(int states) => Eventually.Async(() => Told().Count >= states, Cancel, what: "a state that was told");
}
