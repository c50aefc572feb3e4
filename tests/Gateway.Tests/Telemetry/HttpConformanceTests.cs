namespace KubeLens.Gateway.Tests.Telemetry;

public sealed class HttpConformanceTests(HttpConformanceTests.Gateway gateway) : ConformanceTests(gateway), IClassFixture<HttpConformanceTests.Gateway>
{
    public sealed class Gateway : TelemetryGateway
    {
        public Gateway() => Settings["Telemetry__CallUrl"] = "https://portal.example/search?q=audit:{auditId}";
    }
}
