using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Capture.Sessions.Recording;

/// <summary>
/// A terminal's output with its times, redacted as it comes, as events of asciicast v2 (https://docs.asciinema.org/manual/asciicast/v2/). Up to a
/// cap; the rest is counted only. One writer at a time, <see cref="Finish"/> after the last.
/// </summary>
internal sealed class TerminalRecording : IDisposable
{
    private readonly RecordingMode _mode;
    private readonly DateTimeOffset _began;
    private readonly AsciicastEvents _events;
    private readonly RecordedText _output, _error, _input;
    private SessionChannel _channel;
    private int _columns, _rows, _turn;

    public TerminalRecording(RecordingMode mode, SecretNames names, int cap, CaptureBudget budget, DateTimeOffset began)
    {
        (_mode, _began) = (mode, began);
        _events = new AsciicastEvents(cap, budget);
        _output = new RecordedText("o", new SecretLines(names), _events);
        _error = new RecordedText("o", new SecretLines(names), _events);
        _input = new RecordedText("i", new SecretLines(names), _events);
    }

    /// <summary>As in a record.</summary>
    public string Word => _mode.Word();

    public bool Wants(SessionChannel channel) => !_events.IsFull && channel switch
    {
        SessionChannel.Output or SessionChannel.Error => true,
        SessionChannel.Input => _mode == RecordingMode.InputAndOutput,
        _ => false,
    };

    public void Append(SessionChannel channel, ReadOnlySpan<byte> data, TimeSpan at) => (channel switch
    {
        SessionChannel.Input => _input,
        SessionChannel.Error => _error,
        _ => _output,
    }).Append(data, Moment(channel, at));

    public void Resize(int columns, int rows, TimeSpan at)
    {
        if (_columns == 0)
        {
            (_columns, _rows) = (columns, rows);
        }

        _events.Resize(columns, rows, Moment(SessionChannel.Resize, at));
    }

    /// <summary>The whole of it as a body.</summary>
    /// <param name="command">Redacted; for the head.</param>
    public CallBody Finish(IReadOnlyList<string> command)
    {
        _output.Finish();
        _error.Finish();
        _input.Finish();
        var content = _events.Finish(new AsciicastHead(_columns, _rows, _began, string.Join(' ', command)));
        return content is null
            ? new CallBody(ReadOnlyMemory<byte>.Empty, CallBodyNote.Dropped, 0)
            : new CallBody(content, _events.IsFull ? CallBodyNote.Truncated : CallBodyNote.Whole, _output.Redacted + _error.Redacted + _input.Redacted);
    }

    public void Dispose() => _events.Dispose();

    private RecordedMoment Moment(SessionChannel channel, TimeSpan at)
    {
        _turn += channel == _channel ? 0 : 1;
        _channel = channel;
        return new RecordedMoment(at, _turn);
    }
}
