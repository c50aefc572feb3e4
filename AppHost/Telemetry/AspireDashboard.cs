using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Options;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Telemetry;

/// <summary>The Aspire dashboard on loopback. Whoever looks shows one token, whoever sends another; both are of this run.</summary>
internal sealed class AspireDashboard(Ports ports, string folder, Action<string> report)
{
    private readonly string _address = $"http://127.0.0.1:{ports.Dashboard}";
    private readonly string _browserToken = SecretFile.Make();
    private readonly string _senderToken = SecretFile.Make();

    /// <summary>Signs in.</summary>
    public string Link => $"{_address}/login?t={_browserToken}";

    /// <summary>For the portal.</summary>
    public string TraceUrl => $"{_address}/traces/detail/{{traceId}}?spanId={{spanId}}";

    public OtlpEndpoint Endpoint => new($"http://127.0.0.1:{ports.Otlp}", IsOption: true) { Protocol = "grpc", Headers = $"x-otlp-api-key={_senderToken}" };

    public Resource Resource => new("dashboard", Colour.None, PrepareAsync, new HttpProbe(new Uri($"{_address}/health"))) { Environment = Variables() };

    private async Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken) =>
        HeldShell.Run([await new AspirePackage(folder, report).InstallAsync(cancellationToken), "dashboard"]);

    private Dictionary<string, string?> Variables()
    {
        var variables = ServiceEnvironment.Common().ToDictionary();
        variables["ASPNETCORE_URLS"] = _address;
        variables["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = Endpoint.Address;
        variables["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken";
        variables["DASHBOARD__FRONTEND__BROWSERTOKEN"] = _browserToken;
        variables["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey";
        variables["DASHBOARD__OTLP__PRIMARYAPIKEY"] = _senderToken;

        // What is asked of it by programs takes the token of whoever looks, too: POST /api/telemetry/validateToken.
        variables["DASHBOARD__API__AUTHMODE"] = "ApiKey";
        variables["DASHBOARD__API__PRIMARYAPIKEY"] = _browserToken;
        variables["ASPIRE_DASHBOARD_API_ENABLED"] = "true";

        // It tells its makers nothing, and what it keeps, such as the keys of its cookies, stays in the state folder.
        variables["ASPIRE_DASHBOARD_TELEMETRY_OPTOUT"] = "true";
        variables["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        variables["HOME"] = folder;
        variables["Logging__LogLevel__Default"] = "Warning";
        return variables;
    }
}
