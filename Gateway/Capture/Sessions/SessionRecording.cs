using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture.Sessions.Recording;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>The recording of an ended session, which is stored in the place of the response's body.</summary>
internal sealed record SessionRecording(TerminalRecording Terminal, IReadOnlyList<string> Command) : IDisposable
{
    /// <summary>Null where nothing was recorded.</summary>
    public static SessionRecording? Of(CallExchange exchange, SecretNames names)
    {
        if (exchange.Session?.Recording is not { } terminal || SessionRequest.KindOf(exchange.Info) is not { } kind)
        {
            return null;
        }

        var query = TargetRedactor.Redact(exchange.RawTarget, names).Query;
        return new SessionRecording(terminal, SessionRequest.Read(kind, exchange.Info, query).Command);
    }

    public CallBody Finish() => Terminal.Finish(Command);

    public void Dispose() => Terminal.Dispose();
}
