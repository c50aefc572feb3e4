using System.Buffers;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Redact.Protobuf.Tree;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>
/// Rewrites the events of a protobuf watch as those of a JSON watch, one a line, each with what <see cref="ProtobufToJson"/> keeps of an
/// object. The JSON is not redacted yet.
/// <code>
/// {"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web"}}}
/// </code>
/// </summary>
internal static class WatchToJson
{
    /// <param name="stream">Content-decoded; it may end anywhere, as a watch does.</param>
    /// <param name="limit">About the most bytes to write.</param>
    /// <param name="output">Receives the events; of the last one what is there. Empty.</param>
    /// <param name="tree">Writes what is beside the metadata; null where that is not to be kept.</param>
    /// <returns>Never throws. <see cref="CallBodyNote.Undecodable"/> when nothing was written, as the first frame is no event.</returns>
    public static CallBodyNote Convert(ReadOnlySpan<byte> stream, int limit, ArrayBufferWriter<byte> output, FieldTree? tree = null)
    {
        using var json = new Utf8JsonWriter(output, ProtobufToJson.Options);
        return new JsonTarget(output, json, limit, null).Write(stream, stream.Length, tree, WriteEvents);
    }

    private static CallBodyNote WriteEvents(ReadOnlySpan<byte> stream, in JsonTarget to)
    {
        var note = CallBodyNote.Whole;
        while (!stream.IsEmpty)
        {
            var frame = WatchFrame.Read(stream);
            if (frame.IsMalformed)
            {
                return to.Output.WrittenCount == 0 ? CallBodyNote.Undecodable : CallBodyNote.Truncated;
            }

            var left = to.Limit - to.Output.WrittenCount;
            if (left <= 0 || frame.Type.IsEmpty)
            {
                return CallBodyNote.Truncated;
            }

            var kept = WriteEvent(frame, to with { Limit = left });
            to.Json.Flush();
            to.Json.Reset();
            to.Output.Write("\n"u8);
            if (frame.IsCut || kept == CallBodyNote.Truncated)
            {
                return CallBodyNote.Truncated;
            }

            note = kept == CallBodyNote.Whole ? note : CallBodyNote.MetadataOnly;
            stream = stream[frame.Length..];
        }

        return note;
    }

    private static CallBodyNote WriteEvent(in WatchFrame frame, in JsonTarget to)
    {
        var json = to.Json;
        json.WriteStartObject();
        json.WriteString("type"u8, frame.Type);
        var note = CallBodyNote.MetadataOnly;
        if (ProtobufToJson.IsKept(frame.Object, out var envelope))
        {
            json.WritePropertyName("object"u8);
            note = ProtobufToJson.Write(envelope, !frame.IsCut, isRequest: false, to);
        }

        json.WriteEndObject();
        return note;
    }
}
