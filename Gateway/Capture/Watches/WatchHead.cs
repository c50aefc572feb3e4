using System.Text;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Capture.Watches;

/// <summary>
/// What is known of the event that passes: a scanner tells the containers, keys and values that it comes by, and this one says which of them
/// it wants. Keys may come in any order. One object for all events of a watch.
/// </summary>
internal sealed class WatchHead
{
    /// <summary>Most bytes of a value that are looked at.</summary>
    public const int MaxValue = 4 * CallWatch.MaxText;

    // Event, Object, Rows, Row, RowObject, Metadata.
    private const int Deepest = 6;

    private const int MaxCode = 99_999;

    private readonly WatchPlace[] _places = new WatchPlace[Deepest + 1];
    private WatchWord _key;

    public string Type { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Namespace { get; private set; } = "";

    public string Version { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public int Code { get; private set; }

    /// <summary>Containers that are open; 0 between events.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the keys and values of the innermost container matter.</summary>
    public bool IsWatched => Place != WatchPlace.Other;

    /// <summary>Whether the value that comes next matters.</summary>
    public bool Wants => (Place, _key) switch
    {
        (WatchPlace.Event, WatchWord.Type) => true,
        (WatchPlace.Object, WatchWord.Reason or WatchWord.Code) => true,
        (WatchPlace.Metadata, WatchWord.Name or WatchWord.Namespace or WatchWord.Version) => true,
        _ => false,
    };

    private WatchPlace Place => Depth <= Deepest ? _places[Depth] : WatchPlace.Other;

    public void Open()
    {
        var place = (Depth, Place, _key) switch
        {
            (0, _, _) => WatchPlace.Event,
            (_, WatchPlace.Event, WatchWord.Object) => WatchPlace.Object,
            (_, WatchPlace.Object or WatchPlace.RowObject, WatchWord.Metadata) => WatchPlace.Metadata,
            (_, WatchPlace.Object, WatchWord.Rows) => WatchPlace.Rows,
            (_, WatchPlace.Rows, _) => WatchPlace.Row,
            (_, WatchPlace.Row, WatchWord.Object) => WatchPlace.RowObject,
            _ => WatchPlace.Other,
        };
        Depth++;
        _key = WatchWord.Other;
        if (Depth <= Deepest)
        {
            _places[Depth] = place;
        }
    }

    public void Close()
    {
        Depth--;
        _key = WatchWord.Other;
    }

    /// <summary>A key of the innermost container; what follows is its value.</summary>
    public void Key(ReadOnlySpan<byte> name) => _key = name switch
    {
        _ when name.SequenceEqual("type"u8) => WatchWord.Type,
        _ when name.SequenceEqual("object"u8) => WatchWord.Object,
        _ when name.SequenceEqual("metadata"u8) => WatchWord.Metadata,
        _ when name.SequenceEqual("rows"u8) => WatchWord.Rows,
        _ when name.SequenceEqual("name"u8) => WatchWord.Name,
        _ when name.SequenceEqual("namespace"u8) => WatchWord.Namespace,
        _ when name.SequenceEqual("resourceVersion"u8) => WatchWord.Version,
        _ when name.SequenceEqual("reason"u8) => WatchWord.Reason,
        _ when name.SequenceEqual("code"u8) => WatchWord.Code,
        _ => WatchWord.Other,
    };

    /// <summary>A text of the innermost container; nothing where it is not wanted.</summary>
    public void Set(string text)
    {
        switch (Wants ? _key : WatchWord.Other)
        {
            case WatchWord.Type:
                Type = text;
                break;
            case WatchWord.Name:
                Name = text;
                break;
            case WatchWord.Namespace:
                Namespace = text;
                break;
            case WatchWord.Version:
                Version = text;
                break;
            case WatchWord.Reason:
                Reason = text;
                break;
        }
    }

    /// <summary>A number of the innermost container; nothing where it is not wanted.</summary>
    public void Set(ulong number)
    {
        if (Wants && _key == WatchWord.Code)
        {
            Code = (int)Math.Min(number, MaxCode);
        }
    }

    /// <summary>The next event begins.</summary>
    public void Reset()
    {
        (Type, Name, Namespace, Version, Reason, Code) = ("", "", "", "", "", 0);
        (Depth, _key) = (0, WatchWord.Other);
    }

    /// <summary>What is no UTF-8 is replaced, what is too long cut.</summary>
    public static string Text(ReadOnlySpan<byte> utf8) => WholeText.Cut(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxValue)]), CallWatch.MaxText);

    /// <summary>Room for a value that is being read; most of them are short.</summary>
    public static void Grow(ref byte[] text, int length)
    {
        const int Least = 64;
        if (length > text.Length)
        {
            Array.Resize(ref text, Math.Clamp(2 * length, Least, MaxValue));
        }
    }
}
