using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.Protobuf;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Contracts.Tests.Otlp;

/// <summary>Byte for byte what Google's own encoder writes.</summary>
public class ProtobufWriterTests
{
    private static readonly Gen<string> Text = CallRecords.Texts();

    private static readonly Gen<string> Key = Text.Select(t => "k" + t);

    [Property]
    public Property Text_attribute_is_encoded_as_by_the_library() => Prop.ForAll(Arb.From(Key), Arb.From(Text), (key, value) =>
        Written(w => w.Attribute(key, value)).ShouldBe(value.Length == 0 ? [] : Encoded(key, new AnyValue { StringValue = value })));

    [Property]
    public Property Number_attribute_is_encoded_as_by_the_library() => Prop.ForAll(Arb.From(Key), ArbMap.Default.ArbFor<long>(), (key, value) =>
        Written(w => w.Attribute(key, value)).ShouldBe(Encoded(key, new AnyValue { IntValue = value })));

    [Property]
    public Property Bytes_attribute_is_encoded_as_by_the_library() => Prop.ForAll(Arb.From(Key), ArbMap.Default.ArbFor<byte[]>(), (key, value) =>
        Written(w => w.Attribute(key, value.AsSpan())).ShouldBe(value.Length == 0 ? [] : Encoded(key, new AnyValue { BytesValue = ByteString.CopyFrom(value) })));

    [Property]
    public Property Array_attribute_is_encoded_as_by_the_library() => Prop.ForAll(Arb.From(Key), Arb.From(Gen.ListOf(Text)), (key, values) =>
    {
        var list = new ArrayValue();
        list.Values.AddRange(values.Select(v => new AnyValue { StringValue = v }));
        Written(w => w.Attribute(key, [.. values])).ShouldBe(values.Count == 0 ? [] : Encoded(key, new AnyValue { ArrayValue = list }));
    });

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(long.MaxValue)]
    public void Number_at_a_varint_boundary_is_encoded_as_by_the_library(long value) =>
        Written(w => w.Attribute("k", value)).ShouldBe(Encoded("k", new AnyValue { IntValue = value }));

    [Theory]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(300_000)]
    public void Text_at_a_length_boundary_is_encoded_as_by_the_library(int length) =>
        Written(w => w.Attribute("k", new string('é', length / 2))).ShouldBe(Encoded("k", new AnyValue { StringValue = new string('é', length / 2) }));

    [Fact]
    public void Record_fields_are_encoded_as_by_the_library() =>
        Written(w =>
        {
            w.Fixed64(1, 1_789_000_000_123_456_789);
            w.Bytes(9, [1, 2, 3]);
            w.String(12, "kubelens.call");
        }).ShouldBe(new LogRecord { TimeUnixNano = 1_789_000_000_123_456_789, TraceId = ByteString.CopyFrom(1, 2, 3), EventName = "kubelens.call" }.ToByteArray());

    private static byte[] Written(Action<ProtobufWriter> write)
    {
        var output = new ExactBufferWriter();
        write(new ProtobufWriter(output));
        return output.Written;
    }

    private static byte[] Encoded(string key, AnyValue value) => new LogRecord { Attributes = { new KeyValue { Key = key, Value = value } } }.ToByteArray();
}
