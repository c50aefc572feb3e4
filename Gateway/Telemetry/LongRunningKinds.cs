using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Telemetry;

internal static class LongRunningKinds
{
    // In the order of LongRunningKind.
    private static readonly string[] Words = ["watch", "exec", "attach", "portforward", "log", "proxy", "other"];

    public static int Count => Words.Length;

    public static string Word(LongRunningKind kind) => Words[(int)kind];

    /// <param name="info">Of a call that may take long.</param>
    public static LongRunningKind Of(RequestInfo info) => SessionRequest.KindOf(info) switch
    {
        SessionKind.Exec => LongRunningKind.Exec,
        SessionKind.Attach => LongRunningKind.Attach,
        SessionKind.PortForward => LongRunningKind.PortForward,
        _ when info.Verb == "watch" => LongRunningKind.Watch,
        _ when info.Subresource == "log" => LongRunningKind.Log,
        _ when info.Verb == "proxy" || info.Subresource == "proxy" => LongRunningKind.Proxy,
        _ => LongRunningKind.Other,
    };
}
