using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>Calls of many kinds, and all that a collector got of them, held against <c>docs/telemetry.md</c>: names, kinds, units, status, attributes, resource.</summary>
public abstract class ConformanceTests(TelemetryGateway gateway)
{
    // They need tokens of pods, and a caller that acts as another one.
    private static readonly string[] NotHere = ["k8s.pod.name", "k8s.node.name", "k8s.api.impersonate.user", "user.name", "k8s.api.user.groups"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_ThatIsEmitted_IsDocumented_AndTheOtherWayRound()
    {
        await TrafficAsync();
        await Eventually.SucceedsAsync(
            () =>
            {
                Spans();
                Logs();
                Metrics();
                return Task.CompletedTask;
            },
            Cancel);
    }

    private void Spans()
    {
        var spans = gateway.Collector.Spans;
        var kinds = new Dictionary<string, (ulong Kind, Func<SeenSpan, bool> Is)>
        {
            ["server"] = (SeenSpan.Server, span => span.Kind == SeenSpan.Server),
            ["upstream"] = (SeenSpan.Client, span => span.Kind == SeenSpan.Client),
            ["authentication"] = (SeenSpan.Internal, span => span.Name == "authenticate"),
            ["summary"] = (SeenSpan.Internal, span => span.Name.EndsWith(" summary", StringComparison.Ordinal)),
        };
        spans.ShouldAllBe(span => span.Scope == "KubeLens.Gateway" && kinds.Values.Any(kind => kind.Is(span)));
        foreach (var (name, (kind, isOfIt)) in kinds)
        {
            var seen = spans.Where(isOfIt).ToList();
            seen.ShouldAllBe(span => span.Kind == kind);
            Compare(name, [.. seen.Select(span => span.Attributes)]);
            (name == "summary" ? seen.All(span => span.Links.Count == 1) : seen.All(span => span.Links.Count == 0)).ShouldBeTrue(name);
        }

        spans.Where(span => span.Status == SeenSpan.Error).ShouldAllBe(span => span["error.type"].Length > 0);
        spans.Where(span => span.Status == SeenSpan.Unset).ShouldAllBe(span => span["error.type"].Length == 0);
        spans.ShouldAllBe(span => HasResource(span.Resource));
    }

    private void Logs()
    {
        var logs = gateway.Collector.Logs;
        Compare("log", [.. logs.Where(log => log.EventName == "k8s.api.call").Select(log => log.Attributes)]);
        logs.Where(log => log.Scope == "KubeLens.Gateway.Calls").ShouldAllBe(log => log.EventName == "k8s.api.call");
        logs.ShouldAllBe(log => HasResource(log.Resource));
    }

    private void Metrics()
    {
        var metrics = gateway.Collector.Metrics;
        metrics.ShouldAllBe(metric => HasResource(metric.Resource));
        string[] others = ["Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "otel.sdk.experimental"];
        metrics.Select(metric => metric.Scope).Where(scope => !scope.StartsWith("KubeLens.", StringComparison.Ordinal)).Distinct().ShouldBeSubsetOf(others);
        foreach (var metric in metrics.Where(metric => metric.Scope.StartsWith("KubeLens.", StringComparison.Ordinal)))
        {
            var documented = TelemetryDocument.Metrics.GetValueOrDefault(metric.Name).ShouldNotBeNull(metric.Name);
            new DocumentedMetric(metric.Name, metric.Scope, metric.Type, metric.Unit, []).ToString().ShouldBe(documented.ToString());
            metric.Description.ShouldNotBeEmpty(metric.Name);
            metric.Points.SelectMany(point => point.Attributes.Keys).Distinct().ShouldBeSubsetOf(documented.Attributes, metric.Name);
        }

        // What calls of any kind make is there, with all its attributes.
        foreach (var documented in TelemetryDocument.Metrics.Values.Where(metric => metric.Meter == "KubeLens.Gateway.Calls"))
        {
            metrics.Where(metric => metric.Name == documented.Name).SelectMany(metric => metric.Points).SelectMany(point => point.Attributes.Keys).Distinct().Order().ShouldBe(documented.Attributes.Order(), documented.Name);
        }

        metrics.ShouldContain(metric => metric.Name == "kubelens.telemetry.exports" && metric.Points.Any(point => point.Value > 0 && point.Attributes.Count == 0));
        metrics.ShouldContain(metric => metric.Name == "otel.sdk.processor.span.processed");
    }

    private static void Compare(string on, IReadOnlyList<IReadOnlyDictionary<string, string>> seen)
    {
        var documented = TelemetryDocument.AttributesOf(on);
        var names = seen.SelectMany(attributes => attributes.Keys).Distinct().ToList();
        names.ShouldBeSubsetOf(documented.Keys, on);
        documented.Keys.Except(NotHere).Except(names).ShouldBeEmpty($"{on} never had them");
        seen.ShouldAllBe(attributes => attributes.ContainsKey("audit-id"), on);
        foreach (var (name, value) in seen.SelectMany(attributes => attributes).Where(attribute => documented[attribute.Key] is "int" or "double"))
        {
            double.TryParse(value, CultureInfo.InvariantCulture, out _).ShouldBeTrue($"{name} is {value}");
        }
    }

    private static bool HasResource(IReadOnlyDictionary<string, string> resource) =>
        resource.GetValueOrDefault("service.name") == "gateway"
        && resource.GetValueOrDefault("service.namespace") == "kubelens"
        && resource.GetValueOrDefault("service.version") is { Length: > 0 }
        && resource.GetValueOrDefault("service.instance.id") is { Length: > 0 }
        && resource.GetValueOrDefault("telemetry.sdk.language") == "dotnet";

    private async Task TrafficAsync()
    {
        await gateway.CallAsync(HttpMethod.Post, "/apis/apps/v1/namespaces/n/deployments/d/scale?pretty=1", context => context.Response.WriteAsync("{}", Cancel));
        await gateway.CallAsync(HttpMethod.Get, "/api/v1/pods", context => context.Response.WriteAsync("{}", Cancel));
        await gateway.CallAsync(new HttpMethod("FROB"), "/api/v1/namespaces/n/pods/p", _ => Task.CompletedTask);
        await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/n/pods/p", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await gateway.CallAsync(HttpMethod.Get, "/apis/apps/v1/deployments?watch=true&pretty=1", context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"type":"ADDED","object":{"metadata":{"name":"a"}}}""" + "\n", Cancel);
        });
        await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/n/services/s/proxy/x", async context =>
        {
            await context.Response.WriteAsync("half", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            context.Abort();
        });
        await gateway.CallAsync(new HttpMethod("FROB"), "/api/v1/namespaces/n/services/s/proxy/x", context => context.Response.WriteAsync("x", Cancel));
        using var nobody = gateway.Client(withCertificate: false);
        (await nobody.GetAsync("/api/v1/namespaces/n/pods", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await ExecAsync();
        await Eventually.Async(() => gateway.Collector.Spans.Any(span => span.Name == "get pods/exec summary"), Cancel, what: "the end of the shell");
    }

    private async Task ExecAsync()
    {
        gateway.Upstream.Script = async context =>
        {
            using var socket = await UpgradeTests.AcceptAsync(context, "v4.channel.k8s.io");
            await socket.SendAsync((byte[])[3, .. """{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"7"}]}}"""u8], WebSocketMessageType.Binary, true, Cancel);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);
        };
        using var shell = new ClientWebSocket();
        shell.Options.AddSubProtocol("v4.channel.k8s.io");
        using var invoker = new HttpMessageInvoker(gateway.Handler());
        await shell.ConnectAsync(new Uri($"wss://{gateway.Address.Authority}/api/v1/namespaces/n/pods/p/exec?command=false&stdout=1"), invoker, Cancel);
        while ((await shell.ReceiveAsync(new byte[1024], Cancel)).MessageType != WebSocketMessageType.Close)
        {
        }

        await shell.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);
    }
}
