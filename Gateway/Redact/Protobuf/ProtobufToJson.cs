using System.Buffers;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Redact.Protobuf.Tree;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>
/// Rewrites a Kubernetes protobuf object as JSON: its type and metadata, of a list those of its items, a <c>Status</c> and
/// <c>DeleteOptions</c> whole; of others the rest as a <see cref="FieldTree"/>. The JSON is not redacted yet.
/// </summary>
internal static class ProtobufToJson
{
    /// <summary>The field of an object's metadata.</summary>
    public const int Meta = 1;

    private const int Items = 2;

    public static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="body">Content-decoded.</param>
    /// <param name="isWhole">False when it may end anywhere: then what is whole of it counts.</param>
    /// <param name="isRequest">The request's body, or the response's.</param>
    /// <param name="limit">About the most bytes to write.</param>
    /// <param name="output">Receives one JSON object; empty.</param>
    /// <param name="tree">Writes what is beside the metadata; null where that is not to be kept.</param>
    /// <returns>Never throws; <see cref="CallBodyNote.UnsupportedType"/> when nothing was written.</returns>
    public static CallBodyNote Convert(ReadOnlySpan<byte> body, bool isWhole, bool isRequest, int limit, ArrayBufferWriter<byte> output, FieldTree? tree = null)
    {
        if (!IsKept(body, out var envelope))
        {
            return CallBodyNote.UnsupportedType;
        }

        using var json = new Utf8JsonWriter(output, Options);
        return new JsonTarget(output, json, limit, null).Write(envelope, body.Length, tree, (ProtobufEnvelope kept, in JsonTarget to) => Write(kept, isWhole, isRequest, to));
    }

    /// <returns>False when it does not say of what kind it is, or of one of which nothing is known.</returns>
    public static bool IsKept(ReadOnlySpan<byte> body, out ProtobufEnvelope envelope) =>
        ProtobufEnvelope.TryRead(body, out envelope) && envelope.Kind is not ("Table" or "WatchEvent");

    /// <param name="envelope">With the object.</param>
    /// <param name="isWhole">As of <see cref="Convert"/>.</param>
    /// <param name="isRequest">The request's body, or the response's.</param>
    /// <param name="to">Receives one JSON object.</param>
    public static CallBodyNote Write(in ProtobufEnvelope envelope, bool isWhole, bool isRequest, in JsonTarget to)
    {
        var json = to.Json;
        json.WriteStartObject();
        json.WriteString("kind"u8, envelope.Kind);
        if (envelope.ApiVersion.Length > 0)
        {
            json.WriteString("apiVersion"u8, envelope.ApiVersion);
        }

        // A whole body that ends too early is malformed, not cut.
        var note = !envelope.IsSound || (isWhole && envelope.IsCut) ? CallBodyNote.MetadataOnly : WriteObject(envelope, isWhole, isRequest, to);
        json.WriteEndObject();
        return note;
    }

    private static CallBodyNote WriteObject(in ProtobufEnvelope envelope, bool isWhole, bool isRequest, in JsonTarget to)
    {
        var known = envelope.Kind switch
        {
            "Status" when !isRequest => KnownMessages.Status,
            "DeleteOptions" when isRequest => KnownMessages.DeleteOptions,
            _ => null,
        };
        if (known is not null)
        {
            return WriteKnown(envelope, isWhole, known, to.Json);
        }

        const string List = "List";
        return envelope.Kind.EndsWith(List, StringComparison.Ordinal)
            ? WriteList(envelope, isWhole, envelope.Kind[..^List.Length], to)
            : WriteItem(envelope.Raw, isWhole, envelope.Kind, to);
    }

    private static CallBodyNote WriteKnown(in ProtobufEnvelope envelope, bool isWhole, ProtobufField[] known, Utf8JsonWriter json)
    {
        if (!isWhole)
        {
            return CallBodyNote.Truncated;
        }

        if (!MessageFit.Fits(envelope.Raw, known))
        {
            return CallBodyNote.MetadataOnly;
        }

        MessageJson.WriteMembers(envelope.Raw, known, json);
        return CallBodyNote.Whole;
    }

    private static CallBodyNote WriteItem(ReadOnlySpan<byte> message, bool isWhole, string kind, in JsonTarget to)
    {
        var fields = new ProtobufFields(message);
        ReadOnlySpan<byte> meta = default;
        var (isThere, isMeta) = (false, true);
        while (fields.Next())
        {
            if (fields.Number == Meta)
            {
                // Of two, the wire format would make one of both.
                isMeta &= !isThere && fields.Type == WireType.Delimited;
                meta = fields.Bytes;
                isThere = !fields.IsCut;
            }
        }

        if (!isThere)
        {
            return isWhole ? CallBodyNote.MetadataOnly : CallBodyNote.Truncated;
        }

        if (isMeta && !fields.IsMalformed && !(isWhole && fields.IsCut) && MessageFit.Fits(meta, KnownMessages.ObjectMeta))
        {
            to.Json.WriteStartObject("metadata"u8);
            MessageJson.WriteMembers(meta, KnownMessages.ObjectMeta, to.Json);
            to.Json.WriteEndObject();
            if (!fields.IsCut)
            {
                to.Tree?.Write(message, kind, to.Output, to.Json);
            }
        }

        return CallBodyNote.MetadataOnly;
    }

    private static CallBodyNote WriteList(in ProtobufEnvelope envelope, bool isWhole, string kind, in JsonTarget to)
    {
        var json = to.Json;
        if (!IsList(envelope.Raw, isWhole, out var meta))
        {
            return isWhole ? CallBodyNote.MetadataOnly : CallBodyNote.Truncated;
        }

        json.WriteStartObject("metadata"u8);
        MessageJson.WriteMembers(meta, KnownMessages.ListMeta, json);
        json.WriteEndObject();

        // The items of a "List" are bytes of any format.
        if (kind.Length == 0)
        {
            return CallBodyNote.MetadataOnly;
        }

        json.WriteStartArray("items"u8);
        var isAll = isWhole;
        var fields = new ProtobufFields(envelope.Raw);
        while (fields.Next())
        {
            if (fields.Number != Items || fields.IsCut)
            {
                continue;
            }

            if (to.IsFull)
            {
                isAll = false;
                break;
            }

            json.WriteStartObject();
            json.WriteString("kind"u8, kind);
            WriteItem(fields.Bytes, isWhole: true, kind, to);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return isAll ? CallBodyNote.MetadataOnly : CallBodyNote.Truncated;
    }

    // Kinds may end in "List" and be none: APIResourceList.
    private static bool IsList(ReadOnlySpan<byte> message, bool isWhole, out ReadOnlySpan<byte> meta)
    {
        meta = default;
        var seen = false;
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Type != WireType.Delimited || fields.Number is not (Meta or Items) || (fields.Number == Meta && seen))
            {
                return false;
            }

            if (fields.Number == Meta && !fields.IsCut)
            {
                seen = true;
                meta = fields.Bytes;
            }
        }

        return !fields.IsMalformed && !(isWhole && fields.IsCut) && MessageFit.Fits(meta, KnownMessages.ListMeta);
    }
}
