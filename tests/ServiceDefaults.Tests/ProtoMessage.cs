using System.Globalization;
using Google.Protobuf;

namespace KubeLens.ServiceDefaults.Tests;

/// <summary>A protobuf message read by field numbers, without its schema.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, ByteString? Bytes)> _fields = [];

    public ProtoMessage(byte[] bytes)
    {
        using var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and not 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            _fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (field, input.ReadUInt64(), null),
                WireFormat.WireType.Fixed64 => (field, input.ReadFixed64(), null),
                WireFormat.WireType.Fixed32 => (field, input.ReadFixed32(), null),
                _ => (field, 0, input.ReadBytes()),
            });
        }
    }

    public IEnumerable<ProtoMessage> All(int field) => _fields.Where(item => item.Field == field).Select(item => new ProtoMessage(item.Bytes!.ToByteArray()));

    public ProtoMessage? One(int field) => All(field).FirstOrDefault();

    public string Text(int field) => _fields.FirstOrDefault(item => item.Field == field).Bytes?.ToStringUtf8() ?? "";

    public ulong Number(int field) => _fields.FirstOrDefault(item => item.Field == field).Number;

    /// <summary>OTLP's KeyValue (1 key, 2 AnyValue: 1 string, 3 integer).</summary>
    public IReadOnlyDictionary<string, string> Attributes(int field)
        => All(field).ToDictionary(item => item.Text(1), item => item.One(2) is { } value && value.Has(1) ? value.Text(1) : item.One(2)?.Number(3).ToString(CultureInfo.InvariantCulture) ?? "");

    private bool Has(int field) => _fields.Exists(item => item.Field == field);
}
