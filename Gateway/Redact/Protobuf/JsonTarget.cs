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

    /// <summary>Whether a body will most likely not want for room, trees and all.</summary>
    /// <param name="length">Of the body, in bytes.</param>
    public bool IsWideFor(int length) => length <= Limit / 2;

    /// <summary>The same with trees, which may take all there is. Whether that went well is seen afterwards: <see cref="HasAll"/>.</summary>
    public JsonTarget With(FieldTree tree)
    {
        tree.Allow(Limit);
        return this with { Tree = tree };
    }

    /// <summary>Whether everything was written, just as <see cref="Again"/> would have.</summary>
    public bool HasAll()
    {
        Json.Flush();
        return Tree is { } tree && tree.Taken < AllowedOf(Limit - (Output.WrittenCount - tree.Written));
    }

    /// <summary>
    /// The same once more, with trees: they have what room all metadata leaves, since that has the facts. What was written is taken back.
    /// </summary>
    public JsonTarget Again(FieldTree tree)
    {
        var metadata = TakeBack();
        tree.Allow(AllowedOf(Limit - metadata));
        return this with { Tree = tree };
    }

    /// <returns>How much it was.</returns>
    public int TakeBack()
    {
        Json.Flush();
        Json.Reset();
        var written = Output.WrittenCount;
        Output.ResetWrittenCount();
        return written;
    }

    // A fingerprint may be longer than what it replaces.
    private static int AllowedOf(int left)
    {
        const int Spare = 8;
        left = Math.Max(0, left);
        return left - (left / Spare);
    }
}
