using System.Globalization;
using KubeLens.AppHost.Options;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.Telemetry;
using KubeLens.AppHost.Terminal;
using KubeLens.AppHost.Tests.Support;

namespace KubeLens.AppHost.Tests.Telemetry;

/// <summary>A stand-in for Jaeger on PATH: what it is started with, and that it ends; and the way without one.</summary>
public sealed class JaegerTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Jaeger_OnPath_IsStartedWithOurConfigurationAndEndsWithAllElse()
    {
        var ports = Testing.Ports.Free(2);
        var jaeger = OnPath.Find(true, On(Install()), Jaeger.Programs).ShouldNotBeNull();
        var parts = Jaeger.Parts(jaeger, new Ports(0, 0, 0, 0) { Jaeger = ports[0], Otlp = ports[1] });
        using var stop = new CancellationTokenSource();
        using var output = new CapturedOutput();
        await using (var log = output.LogStream())
        {
            var running = new Supervisor(parts.Resources, log, TimeProvider.System).RunAsync((_, _) => Task.CompletedTask, stop.Token, CancellationToken.None);
            await Eventually.ContainsAsync(output, "jaeger is ready");
            await stop.CancelAsync();
            (await running).ShouldBe(ExitCodes.Stopped);
        }

        output.Text.ShouldContain($"--config {Path.Combine(OnPath.Observability, "jaeger", "jaeger.yaml")} with {ports[0]} and {ports[1]}");
        File.Exists(Path.Combine(OnPath.Observability, "jaeger", "jaeger.yaml")).ShouldBeTrue();
        output.Text.ShouldContain("jaeger stopped.");
        output.Text.ShouldNotContain("was killed");
        parts.TraceUrl.ShouldBe($"http://127.0.0.1:{ports[0]}/trace/{{traceId}}");
        parts.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldBe($"http://127.0.0.1:{ports[1]}");
        parts.Lines.ShouldBe([new ReadyLine("Jaeger", $"http://127.0.0.1:{ports[0]}")]);
    }

    [Fact]
    public void Jaeger_NotOnPath_SaysTheCommandAndSendsToItsCollector()
    {
        var jaeger = OnPath.Find(true, On(_home.Path), Jaeger.Programs).ShouldNotBeNull();
        var parts = Jaeger.Parts(jaeger, new Ports(0, 0, 0, 0));

        jaeger.Program.ShouldBeNull();
        parts.Resources.ShouldBeEmpty();
        parts.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldBe("http://127.0.0.1:4317");
        parts.TraceUrl.ShouldBe("http://127.0.0.1:16686/trace/{traceId}");
        parts.Lines.ShouldHaveSingleItem().Text.ShouldEndWith($"docker compose --file {Path.Combine(OnPath.Observability, "compose.yaml")} up --detach");
        foreach (var file in new[] { "compose.yaml", "collector/collector.yaml", "grafana/provisioning/datasources/datasources.yaml" })
        {
            File.Exists(Path.Combine(OnPath.Observability, file)).ShouldBeTrue(file);
        }
    }

    [Fact]
    public void Find_NotAskedFor_IsNone() => OnPath.Find(false, On(Install()), Jaeger.Programs).ShouldBeNull();

    // It serves where the real one would, says what it was started with, and ends as asked.
    private string Install()
    {
        var program = _home.Write("jaeger", string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/sh
            echo "$* with $KUBELENS_JAEGER_PORT and $KUBELENS_OTLP_PORT"
            exec '{Path.Combine(AppContext.BaseDirectory, "KubeLens.AppHost.StandIn")}' page "$KUBELENS_JAEGER_PORT"
            """));
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return _home.Path;
    }

    private Surroundings On(string path) => TestSurroundings.Of(_home, false, ("PATH", path));
}
