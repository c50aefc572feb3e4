using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeLens.Gateway.Capture.Sessions.Recording;

/// <summary>
/// Lines such as <c>[1.25,"o","text"]</c>, compressed in blocks as they are made. A line of text is known later than one that began after it on
/// another channel: each is kept with the turn that it came in, as in <c>7[1.25,"o","text"]</c>, and they are put in order at the end. Their times
/// cannot do that: within one microsecond much may come.
/// </summary>
internal sealed class AsciicastEvents(int cap, CaptureBudget budget) : IDisposable
{
    public static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int LongestText = 4096, LongestTurn = 10;

    private readonly RecordedBlocks _blocks = new(cap, budget);
    private readonly ArrayBufferWriter<byte> _line = new(256);
    private readonly StringBuilder _text = new();
    private string _code = "";
    private RecordedMoment _moment;
    private int _bytes;

    /// <summary>Whether the cap is reached, and something is missing.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Text of one moment; joined with what came before it on the same channel at the same moment.</summary>
    public void Append(string code, ReadOnlySpan<char> text, RecordedMoment moment)
    {
        if (text.IsEmpty || IsFull)
        {
            return;
        }

        if (_text.Length > 0 && (code != _code || moment != _moment || _text.Length + text.Length > LongestText))
        {
            Flush();
        }

        (_code, _moment) = (code, moment);
        _text.Append(text);
    }

    public void Resize(int columns, int rows, RecordedMoment moment)
    {
        Flush();
        Write("r", string.Create(CultureInfo.InvariantCulture, $"{columns}x{rows}"), moment);
    }

    /// <summary>Head and events in their order; null when memory was short.</summary>
    public byte[]? Finish(AsciicastHead head)
    {
        Flush();
        if (_blocks.Read() is not { } raw)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>(raw.Length + 256);
        head.Write(output);
        foreach (var line in Lines(raw).OrderBy(line => line.Turn))
        {
            output.Write(raw.AsSpan(line.Start, line.Length));
        }

        return output.WrittenSpan.ToArray();
    }

    public void Dispose() => _blocks.Dispose();

    private static IEnumerable<(int Turn, int Start, int Length)> Lines(byte[] raw)
    {
        for (var start = 0; start < raw.Length;)
        {
            var digits = raw.AsSpan(start).IndexOf((byte)'[');
            var turn = int.Parse(raw.AsSpan(start, digits), CultureInfo.InvariantCulture);
            start += digits;
            var length = raw.AsSpan(start).IndexOf((byte)'\n') + 1;
            yield return (turn, start, length);
            start += length;
        }
    }

    private void Flush()
    {
        if (_text.Length > 0)
        {
            Write(_code, _text.ToString(), _moment);
            _text.Clear();
        }
    }

    private void Write(string code, string text, RecordedMoment moment)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Json))
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round((decimal)moment.At.Ticks / TimeSpan.TicksPerSecond, 6));
            json.WriteStringValue(code);
            json.WriteStringValue(text);
            json.WriteEndArray();
        }

        _line.Write("\n"u8);
        if (IsFull || _bytes + _line.WrittenCount > cap)
        {
            IsFull = true;
            return;
        }

        _bytes += _line.WrittenCount;
        Span<byte> turn = stackalloc byte[LongestTurn];
        moment.Turn.TryFormat(turn, out var digits, provider: CultureInfo.InvariantCulture);
        _blocks.Append(turn[..digits]);
        _blocks.Append(_line.WrittenSpan);
    }
}
