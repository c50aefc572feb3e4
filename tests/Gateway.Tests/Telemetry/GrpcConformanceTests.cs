namespace KubeLens.Gateway.Tests.Telemetry;

public sealed class GrpcConformanceTests(GrpcConformanceTests.Gateway gateway) : ConformanceTests(gateway), IClassFixture<GrpcConformanceTests.Gateway>
{
    public sealed class Gateway : TelemetryGateway
    {
        public Gateway() => Settings["Telemetry__CallUrl"] = "https://portal.example/search?q=audit:{auditId}";

        private protected override Dictionary<string, string> Variables => Collector.GrpcVariables;
    }
}
