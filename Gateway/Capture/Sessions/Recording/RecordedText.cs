using System.Text;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Capture.Sessions.Recording;

/// <summary>
/// One channel's text. Whole lines are redacted, since a secret may come in any number of pieces: the last line waits for its end, up to a bound.
/// Each piece keeps the time at which it came.
/// </summary>
internal sealed class RecordedText(string code, SecretLines secrets, AsciicastEvents events)
{
    private const int LongestLine = 16 * 1024, Piece = 4096;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder(); // replaces what is no UTF-8
    private readonly StringBuilder _line = new();
    private readonly List<(RecordedMoment Moment, int Length)> _pieces = [];
    private readonly char[] _chars = new char[Piece];
    private RecordedMoment _last;

    /// <summary>Secrets replaced so far.</summary>
    public int Redacted { get; private set; }

    public void Append(ReadOnlySpan<byte> data, RecordedMoment moment)
    {
        _last = moment;
        while (!data.IsEmpty && !events.IsFull)
        {
            _decoder.Convert(data, _chars, flush: false, out var used, out var count, out _);
            data = data[used..];
            Take(_chars.AsSpan(0, count));
        }
    }

    /// <summary>Nothing follows.</summary>
    public void Finish()
    {
        var count = _decoder.GetChars([], _chars, flush: true);
        Take(_chars.AsSpan(0, count));
        Emit(LineEnd.Cut);
    }

    private void Take(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var rest = text[..Room(text)];
            var end = rest.IndexOfAny('\n', '\r');
            var part = end < 0 ? rest : rest[..(end + 1)];
            _line.Append(part);
            if (_pieces.Count > 0 && _pieces[^1].Moment == _last)
            {
                _pieces[^1] = (_last, _pieces[^1].Length + part.Length);
            }
            else
            {
                _pieces.Add((_last, part.Length));
            }

            text = text[part.Length..];
            if (end >= 0)
            {
                Emit(part[^1] == '\n' ? LineEnd.Feed : LineEnd.Return);
            }
            else if (_line.Length >= LongestLine)
            {
                Emit(LineEnd.Cut);
            }
        }
    }

    // A line is cut at its bound, not where a piece happens to end, and no pair of surrogates is.
    private int Room(ReadOnlySpan<char> text)
    {
        var room = Math.Min(text.Length, LongestLine - _line.Length);
        return room < text.Length && char.IsHighSurrogate(text[room - 1]) ? room + 1 : room;
    }

    private void Emit(LineEnd end)
    {
        var line = _line.ToString();
        var spans = secrets.Find(line, end);
        Redacted += spans.Count(span => !span.IsContinued);
        var (from, next) = (0, 0);
        foreach (var (moment, length) in _pieces)
        {
            var to = from + length;
            while (from < to)
            {
                if (next < spans.Count && spans[next].Start <= from)
                {
                    if (spans[next].Start == from && !spans[next].IsContinued)
                    {
                        events.Append(code, HeaderRedactor.Redacted, moment);
                    }

                    from = Math.Min(to, spans[next].End);
                    next += from == spans[next].End ? 1 : 0;
                    continue;
                }

                var stop = next < spans.Count ? Math.Min(to, spans[next].Start) : to;
                events.Append(code, line.AsSpan(from, stop - from), moment);
                from = stop;
            }
        }

        _line.Clear();
        _pieces.Clear();
    }
}
