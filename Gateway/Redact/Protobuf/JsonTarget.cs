using System.Buffers;
using System.Text.Json;
using KubeLens.Contracts.Calls;
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
    /// Writes a body, with trees where they are wanted: at once where the limit is wide for it, and else, or where that was too much, once more
    /// with what room all metadata has left.
    /// </summary>
    /// <param name="body">What <paramref name="write"/> is given.</param>
    /// <param name="length">Of the body, in bytes.</param>
    /// <param name="tree">Null where none are wanted.</param>
    /// <param name="write">Writes all of it to a target, and may be called up to three times.</param>
    public CallBodyNote Write<TBody>(TBody body, int length, FieldTree? tree, Writer<TBody> write)
        where TBody : allows ref struct
    {
        if (tree is null)
        {
            return write(body, this);
        }

        if (length <= Limit / 2)
        {
            tree.Allow(Limit);
            var note = write(body, this with { Tree = tree });
            if (HasAll(tree))
            {
                return note;
            }

            TakeBack();
        }

        write(body, this);
        tree.Allow(AllowedOf(Limit - TakeBack()));
        return write(body, this with { Tree = tree });
    }

    // Whether everything was written, just as with what room the metadata leaves.
    private bool HasAll(FieldTree tree)
    {
        Json.Flush();
        return tree.Taken < AllowedOf(Limit - (Output.WrittenCount - tree.Written));
    }

    // How much it was.
    private int TakeBack()
    {
        Json.Flush();
        Json.Reset();
        var written = Output.WrittenCount;
        Output.ResetWrittenCount();
        return written;
    }

    // Metadata has the facts and comes first; a fingerprint may be longer than what it replaces.
    private static int AllowedOf(int left)
    {
        const int Spare = 8;
        left = Math.Max(0, left);
        return left - (left / Spare);
    }

    public delegate CallBodyNote Writer<in TBody>(TBody body, in JsonTarget to)
        where TBody : allows ref struct;
}
