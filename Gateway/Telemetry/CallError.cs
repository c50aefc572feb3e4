using System.Globalization;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Telemetry;

/// <summary>What counts as an error, as the HTTP conventions have it: a server's from 500 on, a client's from 400 on, and an answer that broke off.</summary>
internal static class CallError
{
    /// <summary><c>error.type</c> of the gateway's own side; null where there was no error. A client that leaves is none: watches end so.</summary>
    public static string? OfServer(int status, CallOutcome outcome) => OfOutcome(outcome) ?? (status >= StatusCodes.Status500InternalServerError ? Text(status) : null);

    /// <summary><c>error.type</c> of the upstream's side.</summary>
    /// <param name="status">Its own; 0 where it gave none.</param>
    public static string? OfUpstream(int status, CallOutcome outcome) => OfOutcome(outcome) ?? (status >= StatusCodes.Status400BadRequest ? Text(status) : null);

    /// <summary>Whether it is worth a span whatever is sampled: whoever called got something else than was asked for.</summary>
    public static bool IsKept(int status, CallOutcome outcome) => status >= StatusCodes.Status400BadRequest || OfOutcome(outcome) is not null;

    public static LogLevel Level(int status, CallOutcome outcome) =>
        OfServer(status, outcome) is not null ? LogLevel.Error
        : outcome == CallOutcome.Refused || status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests ? LogLevel.Warning
        : LogLevel.Information;

    /// <summary>The word for an outcome.</summary>
    public static string Word(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Completed => "completed",
        CallOutcome.ClientLeft => "clientLeft",
        CallOutcome.UpstreamFailed => "upstreamFailed",
        CallOutcome.UpstreamUnreachable => "upstreamUnreachable",
        CallOutcome.Refused => "refused",
        CallOutcome.UpgradeEnded => "upgradeEnded",
        _ => "gatewayLost",
    };

    private static string? OfOutcome(CallOutcome outcome) => outcome is CallOutcome.UpstreamFailed or CallOutcome.UpstreamUnreachable ? Word(outcome) : null;

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
