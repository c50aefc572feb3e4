using System.Net;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>Upstreams and gateways that end; each test has a gateway of its own.</summary>
public sealed class FailureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upstream_Down_IsAnsweredWithAStatusThatNamesTheCluster()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.InitializeAsync();
        await gateway.Upstream.StopAsync();
        using var client = gateway.Client();
        using var response = await client.GetAsync("/api/v1/namespaces/down", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        using var status = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        status.RootElement.GetProperty("kind").GetString().ShouldBe("Status");
        status.RootElement.GetProperty("message").GetString()!.ShouldContain("scripted");
        var call = await gateway.Sink.SingleAsync(c => c.Name == "down", Cancel);
        call.Outcome.ShouldBe(CallOutcome.UpstreamUnreachable);
        call.Status.ShouldBe(502);
    }

    [Fact]
    public async Task Upstream_ThatBreaksOffInTheMiddle_BreaksTheAnswerOff()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.InitializeAsync();
        gateway.Upstream.Script = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        using var client = gateway.Client();
        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync("/api/v1/namespaces/half", Cancel));
        (await gateway.Sink.SingleAsync(c => c.Name == "half", Cancel)).Outcome.ShouldBe(CallOutcome.UpstreamFailed);
    }

    [Fact]
    public async Task Caller_WithoutCertificate_IsRefusedAndRecorded()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.InitializeAsync();
        var forwarded = 0;
        gateway.Upstream.Script = _ =>
        {
            Interlocked.Increment(ref forwarded);
            return Task.CompletedTask;
        };
        using var client = gateway.Client(withCertificate: false);
        using var response = await client.GetAsync("/api/v1/namespaces/nobody", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        forwarded.ShouldBe(0);
        var call = await gateway.Sink.SingleAsync(c => c.Name == "nobody", Cancel);
        call.Outcome.ShouldBe(CallOutcome.Refused);
        call.Status.ShouldBe(401);
        call.ResponseBytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task StrictAudit_WhenTheSpoolIsFull_RefusesAndForwardsNothing()
    {
        await using var gateway = new GatewayUnderTest
        {
            Settings = { ["Capture__OnPressure"] = "Refuse", ["Spool__SegmentBytes"] = "1048576", ["Spool__MaxBytes"] = "6291456" },
        };
        await gateway.InitializeAsync();
        gateway.Sink.IsAway = true;
        var forwarded = 0;
        gateway.Upstream.Script = async context =>
        {
            Interlocked.Increment(ref forwarded);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"kind":"ConfigMapList","apiVersion":"v1","items":[],"filler":"{{new string('x', 200_000)}}"}""");
        };
        using var client = gateway.Client();
        var answered = 0;
        HttpStatusCode status;
        string body;
        do
        {
            using var response = await client.GetAsync("/api/v1/namespaces/full/configmaps", Cancel);
            (status, body) = (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
            answered += status == HttpStatusCode.OK ? 1 : 0;
        }
        while (status == HttpStatusCode.OK && answered < 20_000);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.ShouldContain("Spool:MaxBytes");
        forwarded.ShouldBe(answered);
        gateway.Sink.IsAway = false;
        await Eventually.Async(() => gateway.Sink.Matching(c => c.Namespace == "full").Count >= answered, Cancel, what: "every answered call is delivered");
    }

    [Fact]
    public async Task Gateway_ThatStops_EndsWatchesCleanlyAndDeliversThem()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.InitializeAsync();
        gateway.Upstream.Script = async context =>
        {
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        using var client = gateway.Client();
        using var response = await client.GetAsync("/api/v1/namespaces/stopping/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);
        var rest = response.Content.ReadAsStringAsync(Cancel);
        gateway.Process.Signal(Signals.Terminate);

        (await rest).ShouldBe("");
        (await gateway.Process.WaitForExitAsync(Cancel)).ShouldBe(0);
        (await gateway.Sink.SingleAsync(c => c.Namespace == "stopping", Cancel)).Verb.ShouldBe("watch");
    }
}
