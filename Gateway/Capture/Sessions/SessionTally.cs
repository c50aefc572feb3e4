using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture.Sessions.Recording;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>Counts what passes through the channels, and keeps the little that a record says of it.</summary>
/// <param name="recording">Null where the terminal is not recorded.</param>
/// <param name="clock">Time since the session began.</param>
internal sealed class SessionTally(bool isExec, SecretLines secrets, TerminalRecording? recording, Func<TimeSpan> clock) : IChannelSink
{
    private const int LongestStatus = 16 * 1024, MostPorts = 64;

    private readonly List<byte> _status = [];
    private readonly ResizeReader _resizes = new();
    private readonly List<string> _ports = [];
    private long _input, _output, _error, _resized, _connections;
    private int _columns, _rows;

    /// <summary>Whether the server has said, to the end, how the command ended.</summary>
    public bool HasEnded => Status.IsWhole;

    private ExitStatus Status => ExitStatus.Of([.. _status], isExec);

    public bool Wants(SessionChannel channel) => channel is SessionChannel.Status or SessionChannel.Resize || recording?.Wants(channel) == true;

    public void Append(SessionChannel channel, ReadOnlySpan<byte> data)
    {
        switch (channel)
        {
            case SessionChannel.Input:
                _input += data.Length;
                break;
            case SessionChannel.Output:
                _output += data.Length;
                break;
            case SessionChannel.Error:
                _error += data.Length;
                break;
            case SessionChannel.Status when _status.Count < LongestStatus:
                _status.AddRange(data[..Math.Min(data.Length, LongestStatus - _status.Count)]);
                return;
            case SessionChannel.Resize:
                _resizes.Append(data, Resized);
                return;
            default:
                return;
        }

        if (recording?.Wants(channel) == true)
        {
            recording.Append(channel, data, clock());
        }
    }

    public void Connected(string port)
    {
        _connections++;
        if (port.Length is > 0 and <= 5 && _ports.Count < MostPorts && !_ports.Contains(port))
        {
            _ports.Add(port);
        }
    }

    public CallSession Describe(CallSession asked)
    {
        var status = Status;
        return asked with
        {
            Ports = _ports.Count > 0 ? [.. _ports] : asked.Ports,
            Result = status.Result,
            ExitCode = status.Code,
            Failure = secrets.Redact(status.Message),
            InputBytes = _input,
            OutputBytes = _output,
            ErrorBytes = _error,
            Resizes = _resized,
            Columns = _columns,
            Rows = _rows,
            Connections = _connections,
            Recorded = recording?.Word ?? "",
        };
    }

    private void Resized(int columns, int rows)
    {
        (_resized, _columns, _rows) = (_resized + 1, columns, rows);
        recording?.Resize(columns, rows, clock());
    }
}
