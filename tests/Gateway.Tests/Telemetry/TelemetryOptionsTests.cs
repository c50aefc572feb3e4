using System.Diagnostics;
using KubeLens.Gateway.Telemetry;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Telemetry;

public sealed class TelemetryOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => new TelemetryOptionsValidator().Validate(null, new TelemetryOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Options_AreInTheDocument() =>
        typeof(TelemetryOptions).GetProperties().Select(property => $"`{TelemetryOptions.Section}:{property.Name}`").Where(name => !TelemetryDocument.Text.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [InlineData("ffffffffffffffff0000000000000002", 0.01, true)]
    [InlineData("00000000000000007fffffffffffffff", 0.5, true)]
    [InlineData("00000000000000008000000000000000", 0.5, false)]
    [InlineData("0000000000000000ffffffffffffffff", 1, true)]
    [InlineData("00000000000000000000000000000001", 0, false)]
    public void Trace_IsWithinTheRatio_ByTheSecondHalfOfItsId(string trace, double ratio, bool within) =>
        CallTracing.IsWithin(ActivityTraceId.CreateFromString(trace), ratio).ShouldBe(within);

    [Fact]
    public void Mistakes_AreToldAllAtOnce_EachWithItsKey()
    {
        var options = new TelemetryOptions { SampleRatio = double.NaN, IncomingTrace = (IncomingTrace)7, UpstreamTrace = (UpstreamTrace)7, CallUrl = "/search", MetricResources = 0, MetricClients = 5000 };

        var failures = new TelemetryOptionsValidator().Validate(null, options).Failures.ShouldNotBeNull().ToList();

        failures.Select(failure => failure.Split(' ')[0]).ShouldBe(["Telemetry:SampleRatio", "Telemetry:IncomingTrace", "Telemetry:UpstreamTrace", "Telemetry:CallUrl", "Telemetry:MetricResources", "Telemetry:MetricClients"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:6446/search?q=audit:{auditId}&from={started}&to=now", true)]
    [InlineData("https://{cluster}.portal.example/search", true)]
    [InlineData("https://portal.example/{name}", false)]
    [InlineData("ftp://portal.example/{auditId}", false)]
    public void CallUrl_IsAnAddressWithKnownPlaces(string template, bool valid) => (CallUrl.Problem(template) is null).ShouldBe(valid);

    [Fact]
    public void CallUrl_Filled_NamesTheCall() => CallUrl.Of(
        "https://p/{cluster}?q=audit:{auditId}&from={started}",
        Guid.Parse("0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071"),
        "a b",
        new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.FromHours(1))).ShouldBe("https://p/a%20b?q=audit:0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071&from=2026-11-29T09:00:00Z");
}
