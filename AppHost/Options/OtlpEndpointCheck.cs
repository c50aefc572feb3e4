using KubeLens.AppHost.Telemetry;

namespace KubeLens.AppHost.Options;

/// <summary>Catches what is no address of a collector. OpenTelemetry itself would say nothing and send to port 4317 of this machine. Whether somebody listens there is the services' to say.</summary>
internal static class OtlpEndpointCheck
{
    private const string Expected = "Write it as http://127.0.0.1:4317.";

    // By custom 4317 speaks gRPC, the default of OpenTelemetry, and 4318 HTTP.
    private const int HttpPort = 4318;

    /// <summary>The option, else the variable; null when neither is there, when nothing is sent anyway, and when what we start takes it all.</summary>
    public static OtlpEndpoint? Check(AppHostArguments arguments, Surroundings surroundings, List<string> problems)
    {
        var isDisabled = string.Equals(surroundings.Variable(OtlpVariables.Disabled), "true", StringComparison.OrdinalIgnoreCase);
        string[] given = [.. arguments.OtlpEndpoint is null ? Array.Empty<string>() : [OptionNames.OtlpEndpoint], .. arguments.Dashboard ? [OptionNames.Dashboard] : Array.Empty<string>(), .. arguments.Jaeger ? [OptionNames.Jaeger] : Array.Empty<string>()];
        if (given.Length > 0 && isDisabled)
        {
            problems.Add($"{string.Join(" and ", given)} is given and {OtlpVariables.Disabled} is true, which turns telemetry off. Unset it, or leave the option out.");
        }

        if (given.Length > 1)
        {
            problems.Add($"{string.Join(" and ", given)} exclude each other: the services send to one place. Leave one out.");
        }

        if (arguments.Dashboard || arguments.Jaeger)
        {
            return null;
        }

        var option = arguments.OtlpEndpoint;
        if ((option ?? (isDisabled ? null : surroundings.Variable(OtlpVariables.Endpoint))) is not { } address)
        {
            return null;
        }

        address = address.Trim();
        if (Problem(address) is { } problem)
        {
            problems.Add($"{(option is null ? OtlpVariables.Endpoint : OptionNames.OtlpEndpoint)} {problem}");
            return null;
        }

        var isHttp = surroundings.Variable(OtlpVariables.Protocol) is null && new Uri(address).Port == HttpPort;
        return new OtlpEndpoint(address, option is not null) { Protocol = isHttp ? "http/protobuf" : null };
    }

    private static string? Problem(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            return $"\"{address}\" is no http or https address. {Expected}";
        }

        if (uri.UserInfo.Length > 0)
        {
            return $"names a user, which is not sent. Leave the user out, and put what the collector wants to see into OTEL_EXPORTER_OTLP_HEADERS."; // and does not repeat the password
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return $"\"{address}\" has a query. {Expected}";
        }

        return uri.AbsolutePath.TrimEnd('/') is var path && (path.EndsWith("/v1/traces", StringComparison.Ordinal) || path.EndsWith("/v1/logs", StringComparison.Ordinal) || path.EndsWith("/v1/metrics", StringComparison.Ordinal))
            ? $"\"{address}\" is for one signal only. Leave {path[path.LastIndexOf("/v1/", StringComparison.Ordinal)..]} out: the services add it."
            : null;
    }
}
