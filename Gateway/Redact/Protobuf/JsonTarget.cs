using System.Buffers;
using System.Text.Json;
using KubeLens.Gateway.Redact.Protobuf.Tree;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>Where objects are written to.</summary>
/// <param name="Output">Receives the JSON.</param>
/// <param name="Json">Writes to it.</param>
/// <param name="Limit">About the most bytes that the writer may have written.</param>
/// <param name="Tree">Writes what is beside the metadata; null where that is not kept.</param>
internal readonly record struct JsonTarget(ArrayBufferWriter<byte> Output, Utf8JsonWriter Json, int Limit, FieldTree? Tree)
{
    public bool IsFull => Json.BytesCommitted + Json.BytesPending > Limit;

    /// <summary>
    /// The same once more, with trees: they have what room all metadata leaves, since that has the facts. What was written is taken back.
    /// </summary>
    public JsonTarget Again(FieldTree tree)
    {
        // A fingerprint may be longer than what it replaces.
        const int Spare = 8;
        Json.Flush();
        Json.Reset();
        var left = Math.Max(0, Limit - Output.WrittenCount);
        Output.ResetWrittenCount();
        tree.Allow(left - (left / Spare));
        return this with { Tree = tree };
    }
}
