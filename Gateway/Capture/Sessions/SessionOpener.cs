using System.Net.Http.Headers;
using KubeLens.Gateway.Capture.Sessions.Recording;
using KubeLens.Gateway.Capture.Sessions.Spdy;
using KubeLens.Gateway.Capture.Sessions.WebSocket;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>Chooses the decoders of an upgrade by what the server's 101 says.</summary>
internal sealed class SessionOpener(CaptureBudget budget, SecretNames names, TimeProvider clock)
{
    /// <summary>Null where the call is no exec, attach or port-forward.</summary>
    /// <param name="recorded">What its rule wants of the terminal.</param>
    /// <param name="recordingBytes">The cap of a recording.</param>
    public Session? Open(SessionKind? kind, HttpResponseHeaders answer, RecordingMode recorded, int recordingBytes)
    {
        if (kind is not { } known)
        {
            return null;
        }

        var protocol = ProtocolOf(answer);
        var undecodable = Undecodable(answer, protocol, known);
        var isRecorded = undecodable.Length == 0 && recorded != RecordingMode.None && known != SessionKind.PortForward && recordingBytes > 0;
        var recording = isRecorded ? new TerminalRecording(recorded, names, recordingBytes, budget.Streams, clock.GetUtcNow()) : null;
        var start = clock.GetTimestamp();
        var tally = new SessionTally(known == SessionKind.Exec, new SecretLines(names), recording, () => clock.GetElapsedTime(start));
        if (undecodable.Length > 0)
        {
            CaptureMetrics.NotDecoded(undecodable);
            return new Session(protocol, undecodable, null, null, tally, null);
        }

        var streams = new SpdyStreams(known == SessionKind.PortForward, tally);
        return new Session(protocol, "", Decoder(isClient: true), Decoder(isClient: false), tally, recording);

        IStreamDecoder Decoder(bool isClient)
        {
            if (IsSpdy(answer))
            {
                return new SpdyReader(isClient, streams, tally);
            }

            return new WebSocketReader(isClient, protocol == SessionProtocols.Tunnel
                ? new TunnelMessages(new SpdyReader(isClient, streams, tally))
                : new ChannelMessages(isClient, SessionProtocols.IsBase64(protocol), known == SessionKind.PortForward, tally));
        }
    }

    private static string ProtocolOf(HttpResponseHeaders answer) => IsSpdy(answer)
        ? $"{SessionProtocols.Spdy}{(First(answer, "X-Stream-Protocol-Version") is { Length: > 0 } version ? $"+{version}" : "")}"
        : First(answer, "Sec-WebSocket-Protocol") is { Length: > 0 } named ? named : SessionProtocols.Unnamed;

    private static string Undecodable(HttpResponseHeaders answer, string protocol, SessionKind kind) =>
        IsSpdy(answer) ? ""
        : !First(answer, "Upgrade").Equals("websocket", StringComparison.OrdinalIgnoreCase) ? "the upgrade is to another protocol"
        : First(answer, "Sec-WebSocket-Extensions").Length > 0 ? "the WebSocket has extensions"
        : !SessionProtocols.IsKnown(protocol) || (protocol == SessionProtocols.Tunnel && kind != SessionKind.PortForward) ? "the subprotocol is unknown"
        : "";

    private static bool IsSpdy(HttpResponseHeaders answer) => First(answer, "Upgrade").Equals(SessionProtocols.Spdy, StringComparison.OrdinalIgnoreCase);

    private static string First(HttpResponseHeaders answer, string name) => answer.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() ?? "" : "";
}
