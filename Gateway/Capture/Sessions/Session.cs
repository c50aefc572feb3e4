using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture.Sessions.Recording;

namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>
/// An upgraded exec, attach or port-forward while it passes: a decoder for each direction, and what they have found so far. The two directions
/// are pumped apart, so each call here takes its turn. It neither alters nor waits for anything.
/// </summary>
internal sealed class Session(string protocol, string undecodable, IStreamDecoder? client, IStreamDecoder? server, SessionTally tally, TerminalRecording? recording) : IDisposable
{
    private readonly Lock _gate = new();
    private string _problem = undecodable;
    private bool _ended;

    /// <summary>What is recorded of the terminal; whoever takes it disposes of it.</summary>
    public TerminalRecording? Recording { get; } = recording;

    public void FromClient(ReadOnlySpan<byte> data) => Append(client, data);

    public void FromServer(ReadOnlySpan<byte> data) => Append(server, data);

    /// <summary>The facts up to now.</summary>
    public CallSession Describe(CallSession asked)
    {
        lock (_gate)
        {
            var described = tally.Describe(asked);
            // A frame is written in pieces: whoever has read how the command ended may leave amid the one that closes a stream, and nothing is missing.
            var isCut = (client is { IsAtBoundary: false } || server is { IsAtBoundary: false }) && !tally.HasEnded;
            return described with { Protocol = protocol, Undecoded = isCut && _problem.Length == 0 ? "it ended within a frame" : _problem };
        }
    }

    /// <summary>Nothing passes any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            client?.Dispose();
            server?.Dispose();
        }
    }

    private void Append(IStreamDecoder? decoder, ReadOnlySpan<byte> data)
    {
        if (decoder is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_ended || _problem.Length > 0)
            {
                return;
            }

            try
            {
                decoder.Append(data);
                _problem = decoder.Problem;
            }
            catch (Exception e)
            {
                // A fault of a decoder is told in the record; the stream that it looks at must not feel it.
                _problem = $"the decoder failed: {e.GetType().Name}";
            }

            if (_problem.Length > 0)
            {
                CaptureMetrics.NotDecoded(_problem);
            }
        }
    }
}
