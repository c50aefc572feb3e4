using System.Text.Json;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>A field of a known message.</summary>
/// <param name="Number">In its tag.</param>
/// <param name="Name">In JSON.</param>
/// <param name="Type">What it holds.</param>
internal sealed record ProtobufField(int Number, JsonEncodedText Name, FieldType Type)
{
    public ProtobufField(int number, string name, FieldType type)
        : this(number, JsonEncodedText.Encode(name), type)
    {
    }

    /// <summary>A list of them: an array in JSON.</summary>
    public bool Repeated { get; init; }

    /// <summary>Kubernetes' own code writes it also when it is empty, so a message without it is another.</summary>
    public bool Always { get; init; }

    /// <summary>The fields of a <see cref="FieldType.Message"/>.</summary>
    public ProtobufField[] Fields { get; init; } = [];

    /// <summary>May stand in a message more than once.</summary>
    public bool IsMany => Repeated || Type is FieldType.Map or FieldType.Skipped;

    public WireType Wire => Type is FieldType.Number or FieldType.ChosenNumber or FieldType.Flag ? WireType.Varint : WireType.Delimited;
}
