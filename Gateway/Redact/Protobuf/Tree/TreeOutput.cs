using System.Buffers;
using System.Text.Json;

namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>Where trees are written to: leaves within a number of bytes, and the places of those that are secret.</summary>
internal sealed class TreeOutput
{
    private readonly List<int> _hidden = [];
    private ArrayBufferWriter<byte> _output = new();
    private int _allowed, _left, _end, _start;

    public Utf8JsonWriter Json { get; private set; } = null!;

    /// <summary>In rising order, each before a value of the JSON.</summary>
    public IReadOnlyList<int> Hidden => _hidden;

    /// <summary>Something of the current tree was left out.</summary>
    public bool IsCut { get; private set; }

    /// <inheritdoc cref="FieldTree.Written"/>
    public int Written { get; private set; }

    /// <inheritdoc cref="FieldTree.Taken"/>
    public int Taken => _allowed - _left;

    public bool IsFull => Position >= _end;

    private int Position => _output.WrittenCount + Json.BytesPending;

    /// <param name="left">About the most bytes to write in all trees.</param>
    public void Begin(int left)
    {
        _hidden.Clear();
        (_allowed, _left, Written) = (left, left, 0);
    }

    /// <returns>False when there is no room for it.</returns>
    public bool TryOpen(ArrayBufferWriter<byte> output, Utf8JsonWriter json)
    {
        (_output, Json) = (output, json);
        (_start, IsCut) = (Position, false);
        _end = _start + _left;
        return _left > 0;
    }

    public void Close()
    {
        _left = Math.Max(0, _end - Position);
        Written += Position - _start;
    }

    /// <summary>Whether there is room for one more value; where not, the tree is cut.</summary>
    public bool HasRoom()
    {
        IsCut |= IsFull;
        return !IsCut;
    }

    /// <summary>A value of which only its fingerprint will stay.</summary>
    public void Hide(ReadOnlySpan<byte> bytes)
    {
        if (!Fits(bytes.Length))
        {
            return;
        }

        _hidden.Add(Position);
        _end -= Math.Max(0, Fingerprint.Length - bytes.Length);
        Json.WriteBase64StringValue(bytes);
    }

    /// <inheritdoc cref="Hide(ReadOnlySpan{byte})"/>
    /// <param name="field">Any of <paramref name="message"/>.</param>
    /// <param name="message">Has its bytes.</param>
    public void Hide(in FieldEntry field, ReadOnlySpan<byte> message)
    {
        if (field.Type == WireType.Delimited)
        {
            Hide(field.In(message));
            return;
        }

        _hidden.Add(Position);
        _end -= Fingerprint.Length;
        Json.WriteNumberValue(field.Value);
    }

    /// <param name="text">UTF-8.</param>
    public void Text(ReadOnlySpan<byte> text)
    {
        if (Fits(text.Length))
        {
            Json.WriteStringValue(text);
        }
    }

    /// <param name="json">One sound value.</param>
    public void Raw(ReadOnlySpan<byte> json)
    {
        if (Fits(json.Length))
        {
            Json.WriteRawValue(json, skipInputValidation: true);
        }
    }

    /// <summary>Bytes that nothing more is told of.</summary>
    public void Length(int bytes)
    {
        Json.WriteStartObject();
        Json.WriteNumber("bytes"u8, bytes);
        Json.WriteEndObject();
    }

    // A value must stand after its name, if only its length.
    private bool Fits(int length)
    {
        if (length <= _end - Position)
        {
            return true;
        }

        IsCut = true;
        Length(length);
        return false;
    }
}
