using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.ServiceDefaults.Tests;

// One class, hence one test after the other: listeners are a matter of the whole process.
public sealed class TelemetryTests
{
    private static readonly ActivitySource Source = new("KubeLens.Probe");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_WithEndpoint_ExportsTheThreeSignalsUnderItsName()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await RunAsync(sink.Variables, async (app, client) =>
        {
            app.Logger.LogInformation("said by the service");
            await client.GetStringAsync(app.Address("/calls/42"), Token);
        });

        sink.ServiceNames["traces"].ShouldNotBeEmpty();
        sink.ServiceNames["metrics"].ShouldNotBeEmpty();
        sink.ServiceNames["logs"].ShouldNotBeEmpty();
        sink.ServiceNames.SelectMany(names => names).Distinct().ShouldBe(["probe"]);
        sink.LogBodies.ShouldContain("said by the service");
        sink.MetricNames.ShouldContain("http.server.request.duration");
        sink.MetricNames.ShouldContain("dotnet.gc.collections");
    }

    [Fact]
    public async Task Requests_InAndOut_AreSpansWithRouteAndStatus()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await RunAsync(sink.Variables, async (app, client) =>
        {
            await client.GetStringAsync(app.Address("/calls/42"), Token);
            await client.GetAsync(app.Address("/nowhere"), Token);
        });

        var incoming = sink.Spans.Where(span => span.Kind == SpanSeen.Server).ToList();
        incoming.ShouldContain(span => span.Name == "GET /calls/{id}" && span.Attributes["http.route"] == "/calls/{id}" && span.Attributes["http.response.status_code"] == "200");
        incoming.ShouldContain(span => span.Attributes["http.response.status_code"] == "404");
        sink.Spans.Where(span => span.Kind == SpanSeen.Client).ShouldContain(span => span.Attributes["http.response.status_code"] == "200");
    }

    [Fact]
    public async Task HealthProbes_MakeNoServerSpans()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await RunAsync(sink.Variables, async (app, client) =>
        {
            await client.GetStringAsync(app.Address("/health/live"), Token);
            await client.GetStringAsync(app.Address("/health/ready"), Token);
            await client.GetStringAsync(app.Address("/calls/42"), Token);
        });

        sink.Spans.Where(span => span.Kind == SpanSeen.Server).ShouldHaveSingleItem().Name.ShouldBe("GET /calls/{id}");
    }

    [Fact]
    public async Task Service_ThatTracesByItself_ExportsItsOwnSpansAlone()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await RunAsync(sink.Variables, async (app, client) => await client.GetStringAsync(app.Address("/calls/42"), Token), traceHttp: false);

        var span = sink.Spans.ShouldHaveSingleItem();
        span.Name.ShouldBe("own work");
        span.ParentId.ShouldBeEmpty();
    }

    [Fact]
    public async Task OtelServiceName_Set_WinsOverTheServicesOwn()
    {
        await using var sink = await OtlpSink.StartAsync(Token);

        await RunAsync(new(sink.Variables) { ["OTEL_SERVICE_NAME"] = "renamed" }, (app, client) => client.GetStringAsync(app.Address("/calls/42"), Token));

        sink.ServiceNames["traces"].Distinct().ShouldBe(["renamed"]);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    public async Task Service_WithoutEndpointOrDisabled_ExportsAndListensToNothing(string name, string value)
    {
        await using var sink = await OtlpSink.StartAsync(Token);
        var listened = true;

        await RunAsync(new(sink.Variables) { [name] = value }, async (app, client) =>
        {
            await client.GetStringAsync(app.Address("/calls/42"), Token);
            listened = Source.HasListeners();
        });

        listened.ShouldBeFalse();
        sink.RequestCount.ShouldBe(0);
    }

    [Fact]
    public async Task Stop_WithACollectorThatNeverAnswers_EndsWithinItsBudget()
    {
        using var blackHole = new TcpListener(IPAddress.Loopback, 0);
        blackHole.Start();
        var started = 0L;

        await RunAsync(
            new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{blackHole.LocalEndpoint}", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
            async (app, client) =>
            {
                await client.GetStringAsync(app.Address("/calls/42"), Token);
                started = TimeProvider.System.GetTimestamp();
            });

        // The budget is 2 s for all signals together; the exporter's own is 10 s for each. The rest is for a slow machine.
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(6));
        blackHole.Pending().ShouldBeTrue("nothing was exported, so nothing was proved");
    }

    /// <summary>Starts a service, uses it and ends it, so that everything is exported.</summary>
    private static async Task RunAsync(Dictionary<string, string> variables, Func<WebApplication, HttpClient, Task> use, bool traceHttp = true)
    {
        await using var app = Service.Create(builder => builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Information), variables, traceHttp);
        app.MapGet("/calls/{id}", (string id) =>
        {
            using var work = Source.StartActivity("own work");
            return id;
        });
        await app.StartAsync(Token);
        using var client = new HttpClient();
        await use(app, client);
        await app.StopAsync(Token);
    }
}
