using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace KubeLens.Contracts.Otlp;

/// <summary>
/// Writes the few protobuf shapes of an OTLP log record straight into a buffer, without objects in between.
/// Concatenating two encodings of one message merges them, which is how bodies and batch position join a record that
/// was written before they were known (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
/// </summary>
public sealed class ProtobufWriter(IBufferWriter<byte> output)
{
    private const int AttributesField = 6;
    private const int TimeField = 1, ObservedTimeField = 11;
    private const ulong NanosecondsPerTick = 100;
    private const int StringValue = 1, IntValue = 3, ArrayValue = 5, BytesValue = 7;

    /// <summary>A <c>fixed64</c> field.</summary>
    public void Fixed64(int field, ulong value)
    {
        var span = output.GetSpan(12);
        var at = Tag(span, field, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(span[at..], value);
        output.Advance(at + 8);
    }

    /// <summary>Both times of a log record.</summary>
    public void Time(DateTimeOffset time)
    {
        var nanoseconds = (ulong)(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsPerTick;
        Fixed64(TimeField, nanoseconds);
        Fixed64(ObservedTimeField, nanoseconds);
    }

    /// <summary>A <c>bytes</c> field.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Header(field, value.Length);
        output.Write(value);
    }

    /// <summary>A <c>string</c> field.</summary>
    public void String(int field, string value)
    {
        Header(field, Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, output);
    }

    /// <summary>A text attribute; nothing when it is empty.</summary>
    public void Attribute(string key, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        AttributeHeader(key, Sized(length));
        Header(StringValue, length);
        Encoding.UTF8.GetBytes(value, output);
    }

    /// <summary>A whole-number attribute.</summary>
    public void Attribute(string key, long value)
    {
        AttributeHeader(key, 1 + VarintSize((ulong)value));
        var span = output.GetSpan(12);
        var at = Tag(span, IntValue, 0);
        at += Varint(span[at..], (ulong)value);
        output.Advance(at);
    }

    /// <summary>A whole-number attribute; nothing when it is null.</summary>
    public void KnownAttribute(string key, long? value)
    {
        if (value is { } known)
        {
            Attribute(key, known);
        }
    }

    /// <summary>A whole-number attribute; nothing when it is 0 or less.</summary>
    public void PositiveAttribute(string key, long value)
    {
        if (value > 0)
        {
            Attribute(key, value);
        }
    }

    /// <summary>1 when it is set; else nothing.</summary>
    public void FlagAttribute(string key, bool value) => PositiveAttribute(key, value ? 1 : 0);

    /// <summary>A bytes attribute; nothing when it is empty.</summary>
    public void Attribute(string key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        AttributeHeader(key, Sized(value.Length));
        Bytes(BytesValue, value);
    }

    /// <summary>An attribute of several texts; nothing when there are none.</summary>
    public void Attribute(string key, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        var list = 0;
        for (var i = 0; i < values.Count; i++)
        {
            list += Sized(Sized(Encoding.UTF8.GetByteCount(values[i])));
        }

        AttributeHeader(key, Sized(list));
        Header(ArrayValue, list);
        for (var i = 0; i < values.Count; i++)
        {
            var length = Encoding.UTF8.GetByteCount(values[i]);
            Header(1, Sized(length));
            Header(StringValue, length);
            Encoding.UTF8.GetBytes(values[i], output);
        }
    }

    // attributes = 6: KeyValue { key = 1, value = 2: AnyValue { … } }
    private void AttributeHeader(string key, int anyValueLength)
    {
        var keyLength = Encoding.UTF8.GetByteCount(key);
        Header(AttributesField, Sized(keyLength) + Sized(anyValueLength));
        Header(1, keyLength);
        Encoding.UTF8.GetBytes(key, output);
        Header(2, anyValueLength);
    }

    private void Header(int field, int length)
    {
        var span = output.GetSpan(12);
        var at = Tag(span, field, 2);
        at += Varint(span[at..], (ulong)length);
        output.Advance(at);
    }

    // Every field number here is below 16: a tag is one byte.
    private static int Tag(Span<byte> span, int field, int wireType)
    {
        span[0] = (byte)((field << 3) | wireType);
        return 1;
    }

    private static int Sized(int length) => 1 + VarintSize((ulong)length) + length;

    private static int VarintSize(ulong value)
    {
        var size = 1;
        while ((value >>= 7) != 0)
        {
            size++;
        }

        return size;
    }

    private static int Varint(Span<byte> span, ulong value)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[at++] = (byte)(value | 0x80);
        }

        span[at++] = (byte)value;
        return at;
    }
}
