using System.Buffers;
using System.Formats.Cbor;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Redact.Cbor;

/// <summary>
/// Rewrites CBOR as JSON, token by token, so that one redactor serves both. Items follow one another, as the objects of a stream
/// (<c>application/cbor-seq</c>).
/// <code>
/// d9d9f7 a2 44 "kind" 46 "Secret" 44 "data" a1 41 "p" d6 43 010203  →  {"kind":"Secret","data":{"p":"AQID"}}
/// </code>
/// </summary>
internal static class CborToJson
{
    /// <param name="cbor">Content-decoded.</param>
    /// <param name="isWhole">False when it may end anywhere: then what is whole of it is written, and the JSON stays open.</param>
    /// <param name="limit">About the most bytes to write.</param>
    /// <param name="output">Receives the JSON, which is not redacted yet.</param>
    /// <returns>Never throws. <see cref="CallBodyNote.Whole"/>; <see cref="CallBodyNote.Truncated"/>, when the JSON may end anywhere; or <see cref="CallBodyNote.Undecodable"/>.</returns>
    public static CallBodyNote Convert(ReadOnlyMemory<byte> cbor, bool isWhole, int limit, ArrayBufferWriter<byte> output)
    {
        // Lax: what Kubernetes forbids is looked for where it matters, and an odd encoding of a sound value is none of that.
        var reader = new CborReader(cbor, CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
        using var json = new CborJsonWriter(output);
        try
        {
            while (reader.PeekState() is var state && state != CborReaderState.Finished)
            {
                if (!json.TryWrite(reader, state))
                {
                    return CallBodyNote.Undecodable;
                }

                if (json.Written > limit)
                {
                    return CallBodyNote.Truncated;
                }
            }

            // Only a tag without its item can be open here.
            return json.IsTagged && isWhole ? CallBodyNote.Undecodable : json.IsTagged ? CallBodyNote.Truncated : CallBodyNote.Whole;
        }
        catch (CborContentException)
        {
            // The reader does not tell an early end from a malformed item; what came before either is sound.
            return isWhole || json.Written == 0 ? CallBodyNote.Undecodable : CallBodyNote.Truncated;
        }
    }
}
