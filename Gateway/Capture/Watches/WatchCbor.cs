namespace KubeLens.Gateway.Capture.Watches;

/// <summary>
/// Events as CBOR items after one another (RFC 8742), each a map as in JSON; texts may be byte strings. It follows the containers, and keeps one
/// string at most.
/// </summary>
internal sealed class WatchCbor(WatchTally tally) : IWatchReader
{
    // Kubernetes itself takes no deeper ones.
    private const int Deepest = 64;

    private const int Unsigned = 0, Bytes = 2, Text = 3, Array = 4, Map = 5, Tag = 6;
    private const int OneByte = 24, EightBytes = 27, Indefinite = 31;
    private const byte BreakByte = 0xff;

    private readonly WatchHead _head = new();
    private readonly Stack<CborLevel> _open = new();
    private byte[] _text = [];
    private int _length, _major, _argumentLeft;
    private ulong _argument, _stringLeft;
    private long _bytes;
    private bool _isKept;

    public string Problem { get; private set; } = "";

    public bool IsAtBoundary => _bytes == 0;

    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && Problem.Length == 0)
        {
            var part = data[..(int)Math.Min((ulong)data.Length, Math.Max(1, _stringLeft))];
            _bytes += part.Length;
            if (_stringLeft > 0)
            {
                InString(part);
            }
            else if (_argumentLeft > 0)
            {
                Argument(part[0]);
            }
            else
            {
                Head(part[0]);
            }

            data = data[part.Length..];
        }
    }

    private void Head(byte head)
    {
        _major = head >> 5;
        var info = head & 31;
        if (_open.Count == 0 && _major is not (Map or Tag))
        {
            Problem = "what follows an event is no CBOR map";
        }
        else if (head == BreakByte)
        {
            Break();
        }
        else if (info == Indefinite && _major is Bytes or Text or Array or Map)
        {
            Open(null);
        }
        else if (info > EightBytes)
        {
            Problem = "an event is no CBOR";
        }
        else if (info >= OneByte)
        {
            (_argumentLeft, _argument) = (1 << (info - OneByte), 0);
        }
        else
        {
            _argument = (ulong)info;
            Item();
        }
    }

    private void Argument(byte next)
    {
        _argument = (_argument << 8) | next;
        if (--_argumentLeft == 0)
        {
            Item();
        }
    }

    private void Item()
    {
        switch (_major)
        {
            case Bytes or Text:
                (_stringLeft, _length) = (_argument, 0);
                _isKept = _head.IsWatched && (_open.Peek().IsKey || _head.Wants);
                if (_stringLeft == 0)
                {
                    EndString();
                }

                break;
            case Map when _argument > ulong.MaxValue / 2:
                Problem = "an event is no CBOR";
                break;
            case Map:
                Open(_argument * 2);
                break;
            case Array:
                Open(_argument);
                break;
            case Tag:
                break; // of the item that follows
            default:
                if (_major == Unsigned && !_open.Peek().IsKey)
                {
                    _head.Set(_argument);
                }

                EndItem();
                break;
        }
    }

    private void InString(ReadOnlySpan<byte> part)
    {
        if (_isKept)
        {
            var count = Math.Min(part.Length, WatchHead.MaxValue - _length);
            WatchHead.Grow(ref _text, _length + count);
            part[..count].CopyTo(_text.AsSpan(_length));
            _length += count;
        }

        _stringLeft -= (ulong)part.Length;
        if (_stringLeft == 0)
        {
            EndString();
        }
    }

    private void EndString()
    {
        var text = _text.AsSpan(0, _length);
        if (_isKept && _open.Peek().IsKey)
        {
            _head.Key(text);
        }
        else if (_isKept)
        {
            _head.Set(WatchHead.Text(text));
        }

        EndItem();
    }

    // Pieces of a string of unknown length are items of a container, too, in which nothing is looked for.
    private void Open(ulong? items)
    {
        if (_open.Count == Deepest)
        {
            Problem = "an event is nested too deeply";
            return;
        }

        _head.Open();
        if (items == 0)
        {
            Close();
            return;
        }

        _open.Push(new CborLevel(items, _major == Map, IsKey: _major == Map));
    }

    private void Break()
    {
        if (_open.Peek() is not { Left: null } level || (level.IsMap && !level.IsKey))
        {
            Problem = "an event is no CBOR";
            return;
        }

        _open.Pop();
        Close();
    }

    private void Close()
    {
        _head.Close();
        EndItem();
    }

    private void EndItem()
    {
        while (_open.TryPop(out var level))
        {
            level = level.Next();
            if (level.IsKey)
            {
                _head.Key(default);
            }

            if (level.Left != 0)
            {
                _open.Push(level);
                return;
            }

            _head.Close();
        }

        tally.Count(_head, _bytes);
        _head.Reset();
        _bytes = 0;
    }
}
