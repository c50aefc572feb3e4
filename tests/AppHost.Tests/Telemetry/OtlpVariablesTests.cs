using KubeLens.AppHost.Options;
using KubeLens.AppHost.Telemetry;

namespace KubeLens.AppHost.Tests.Telemetry;

public sealed class OtlpVariablesTests
{
    [Fact]
    public void Of_NoEndpoint_LeavesTheEnvironmentExceptTheOneNameForAll() =>
        OtlpVariables.Of(null).ShouldBe(new Dictionary<string, string?> { ["OTEL_SERVICE_NAME"] = null });

    [Fact]
    public void Of_Variable_LeavesSingleSignalsAsTheyAre() =>
        OtlpVariables.Of(new OtlpEndpoint("http://a", IsOption: false)).Keys.Order().ShouldBe(["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME"]);

    [Fact]
    public void Of_Option_TakesAllSignals()
    {
        var variables = OtlpVariables.Of(new OtlpEndpoint("http://a", IsOption: true) { Protocol = "http/protobuf", Headers = "a=b" });

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldBe("http://a");
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"].ShouldBe("http/protobuf");
        variables["OTEL_EXPORTER_OTLP_HEADERS"].ShouldBe("a=b");
        foreach (var signal in new[] { "TRACES", "METRICS", "LOGS" })
        {
            variables.ShouldContainKeyAndValue($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", null);
        }
    }
}
