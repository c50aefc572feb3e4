namespace KubeLens.Contracts.Otlp;

/// <summary>What an <c>AnyValue</c> holds; <see cref="Other"/> is none that calls have: a double, a boolean, a list of pairs.</summary>
internal enum OtlpValueKind
{
    None,
    Text,
    Number,
    Array,
    Bytes,
    Other,
}

/// <summary>An <c>AnyValue</c> where it lies.</summary>
/// <param name="Kind">Which of the others is set.</param>
/// <param name="Number">Of a number.</param>
/// <param name="Content">Of a text (UTF-8), bytes, or an array (an <c>ArrayValue</c> as it is encoded).</param>
internal readonly record struct OtlpValue(OtlpValueKind Kind, long Number, ReadOnlyMemory<byte> Content)
{
    private const int StringField = 1, BoolField = 2, IntField = 3, DoubleField = 4, ArrayField = 5, PairsField = 6, BytesField = 7;
    private const int ValuesField = 1;

    /// <summary>Fails with <see cref="InvalidDataException"/> for what is no message.</summary>
    public static OtlpValue Read(ReadOnlyMemory<byte> encoded)
    {
        var value = default(OtlpValue);
        var reader = new ProtobufReader(encoded.Span);
        while (reader.Next())
        {
            value = (reader.Field, reader.Wire) switch
            {
                (StringField, ProtobufReader.Sized) => new OtlpValue(OtlpValueKind.Text, 0, encoded.Slice(reader.Place.Start, reader.Place.Length)),
                (IntField, ProtobufReader.Varint) => new OtlpValue(OtlpValueKind.Number, (long)reader.Number, default),
                (ArrayField, ProtobufReader.Sized) => new OtlpValue(OtlpValueKind.Array, 0, encoded.Slice(reader.Place.Start, reader.Place.Length)),
                (BytesField, ProtobufReader.Sized) => new OtlpValue(OtlpValueKind.Bytes, 0, encoded.Slice(reader.Place.Start, reader.Place.Length)),
                (BoolField, ProtobufReader.Varint) or (DoubleField, ProtobufReader.Fixed64) or (PairsField, ProtobufReader.Sized) => new OtlpValue(OtlpValueKind.Other, 0, default),
                _ => value,
            };
        }

        return value;
    }

    /// <summary>How many values an array has.</summary>
    public int Count()
    {
        var count = 0;
        foreach (var _ in Items())
        {
            count++;
        }

        return count;
    }

    /// <summary>The values of an array; none of anything else.</summary>
    public ItemEnumerable Items() => new(Kind == OtlpValueKind.Array ? Content : default);

    /// <summary>Values where they lie.</summary>
    internal readonly struct ItemEnumerable(ReadOnlyMemory<byte> array)
    {
        public ItemEnumerator GetEnumerator() => new(array);
    }

    internal ref struct ItemEnumerator(ReadOnlyMemory<byte> array)
    {
        private readonly ReadOnlyMemory<byte> _array = array;
        private ProtobufReader _reader = new(array.Span);

        public OtlpValue Current { get; private set; }

        public bool MoveNext()
        {
            while (_reader.Next())
            {
                if ((_reader.Field, _reader.Wire) == (ValuesField, ProtobufReader.Sized))
                {
                    Current = Read(_array.Slice(_reader.Place.Start, _reader.Place.Length));
                    return true;
                }
            }

            return false;
        }
    }
}
