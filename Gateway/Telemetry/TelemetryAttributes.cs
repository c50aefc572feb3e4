using KubeLens.Contracts.Otlp;

namespace KubeLens.Gateway.Telemetry;

/// <summary>Attributes of spans, logs and metrics that a call's record does not have; those that it has are <see cref="CallAttributes"/>. All of them are in docs/telemetry.md.</summary>
internal static class TelemetryAttributes
{
    /// <summary>As the apiserver's own spans call it.</summary>
    public const string AuditId = "audit-id";

    public const string Route = "http.route";
    public const string OriginalMethod = "http.request.method_original";
    public const string ErrorType = "error.type";
    public const string Scheme = "url.scheme";
    public const string FullUrl = "url.full";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string PeerAddress = "network.peer.address";
    public const string PeerPort = "network.peer.port";
    public const string ProtocolVersion = "network.protocol.version";

    /// <summary>A word as the search API has it; the record has its number.</summary>
    public const string Outcome = "k8s.api.outcome";

    /// <summary>Seconds.</summary>
    public const string Duration = "k8s.api.duration";

    public const string CallUrl = "kubelens.call.url";
    public const string AuthenticationStatus = "k8s.api.authentication.result";
    public const string SessionExitCode = "k8s.api.session.exit_code";
    public const string WatchEvents = "k8s.api.watch.events";
    public const string WatchBytes = "k8s.api.watch.bytes";
}
