using System.Buffers;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Capture.Watches;

/// <summary>
/// Events as JSON values after one another, as the apiserver sends them, a line each: <c>{"type":"ADDED","object":{…}}</c>. It follows brackets and
/// strings, and keeps one string at most; what is within an event that nobody looks for is stepped over by a vectorized search.
/// </summary>
internal sealed class WatchJson(WatchTally tally) : IWatchReader
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    private readonly WatchHead _head = new();
    private byte[] _text = [];
    private int _length;
    private long _bytes;
    private ulong _number;
    private bool _inString, _isEscaped, _hasEscapes, _isKept, _isKey, _hasNumber;

    public string Problem { get; private set; } = "";

    public bool IsAtBoundary => _head.Depth == 0;

    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && Problem.Length == 0)
        {
            var count = _inString ? InString(data) : _head.Depth == 0 ? Between(data) : _head.IsWatched ? Watched(data[0]) : Skipped(data);
            data = data[count..];
        }
    }

    private int Between(ReadOnlySpan<byte> data)
    {
        var start = data.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return data.Length;
        }

        if (data[start] != '{')
        {
            Problem = "what follows an event is no JSON object";
            return start;
        }

        _bytes = 0;
        Structural((byte)'{');
        _bytes++;
        return start + 1;
    }

    private int Skipped(ReadOnlySpan<byte> data)
    {
        var next = data.IndexOfAny(Structure);
        var count = next < 0 ? data.Length : next + 1;
        _bytes += count;
        if (next >= 0)
        {
            Structural(data[next]);
        }

        return count;
    }

    private int Watched(byte next)
    {
        _bytes++;
        if (next is >= (byte)'0' and <= (byte)'9')
        {
            const ulong Enough = ulong.MaxValue / 100;
            _number = Math.Min(Enough, (_number * 10) + (ulong)(next - '0'));
            _hasNumber = true;
            return 1;
        }

        if (_hasNumber)
        {
            _head.Set(_number);
            (_number, _hasNumber) = (0, false);
        }

        Structural(next);
        return 1;
    }

    private void Structural(byte next)
    {
        switch (next)
        {
            case (byte)'"':
                (_inString, _hasEscapes, _length) = (true, false, 0);
                _isKept = _head.IsWatched && (_isKey || _head.Wants);
                break;
            case (byte)'{' or (byte)'[':
                _head.Open();
                _isKey = next == '{';
                break;
            case (byte)'}' or (byte)']':
                _head.Close();
                _isKey = false;
                if (_head.Depth == 0)
                {
                    tally.Count(_head, _bytes);
                    _head.Reset();
                }

                break;
            case (byte)',' or (byte)':':
                _isKey = next == ',';
                break;
        }
    }

    private int InString(ReadOnlySpan<byte> data)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            Keep(data[..1]);
            return 1;
        }

        var end = data.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0)
        {
            Keep(data);
            return data.Length;
        }

        Keep(data[..end]);
        if (data[end] == '"')
        {
            _bytes++;
            _inString = false;
            EndString();
        }
        else
        {
            Keep(data.Slice(end, 1));
            (_isEscaped, _hasEscapes) = (true, true);
        }

        return end + 1;
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        _bytes += part.Length;
        if (!_isKept)
        {
            return;
        }

        var count = Math.Min(part.Length, WatchHead.MaxValue - _length);
        WatchHead.Grow(ref _text, _length + count);
        part[..count].CopyTo(_text.AsSpan(_length));
        _length += count;
    }

    private void EndString()
    {
        if (!_isKept)
        {
            return;
        }

        if (_isKey)
        {
            _head.Key(_text.AsSpan(0, _length));
        }
        else
        {
            _head.Set(_hasEscapes ? Unescape(_text.AsSpan(0, _length)) : WatchHead.Text(_text.AsSpan(0, _length)));
        }
    }

    // A value that was cut may end within an escape.
    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        try
        {
            return WholeText.Cut(JsonSerializer.Deserialize<string>($"\"{text}\"") ?? "", CallWatch.MaxText);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return WholeText.Cut(text, CallWatch.MaxText);
        }
    }
}
