using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace KubeLens.Testing;

/// <summary>A protobuf message read by field numbers, without its schema.</summary>
public sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[]? Bytes)> _fields = [];

    public ProtoMessage(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(ref bytes), null));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes), null));
                    bytes = bytes[8..];
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(bytes), null));
                    bytes = bytes[4..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    _fields.Add((field, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} is none of protobuf's.");
            }
        }
    }

    public IEnumerable<ProtoMessage> All(int field) => _fields.Where(item => item.Field == field).Select(item => new ProtoMessage(item.Bytes));

    public ProtoMessage? One(int field) => All(field).FirstOrDefault();

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    /// <summary>An id: bytes as lower-case hexadecimal digits.</summary>
    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public byte[] Bytes(int field) => _fields.FirstOrDefault(item => item.Field == field).Bytes ?? [];

    /// <summary>A varint or fixed number; 0 where it is absent.</summary>
    public ulong Number(int field) => _fields.FirstOrDefault(item => item.Field == field).Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    public bool Has(int field) => _fields.Exists(item => item.Field == field);

    /// <summary>A packed list of 64-bit numbers.</summary>
    public IReadOnlyList<ulong> Fixed64s(int field) => [.. Bytes(field).Chunk(8).Select(bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes))];

    /// <summary>OTLP's KeyValue (1 key, 2 AnyValue: 1 string, 2 bool, 3 integer, 4 double, 5 array), values as text.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int field) => All(field).ToDictionary(item => item.Text(1), item => AnyValue(item.One(2)));

    private static string AnyValue(ProtoMessage? value) => value switch
    {
        null => "",
        _ when value.Has(1) => value.Text(1),
        _ when value.Has(2) => value.Number(2) == 1 ? "true" : "false",
        _ when value.Has(3) => ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture),
        _ when value.Has(4) => value.Double(4).ToString(CultureInfo.InvariantCulture),
        _ when value.Has(5) => string.Join(',', value.One(5)!.All(1).Select(AnyValue)),
        _ => "",
    };

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
