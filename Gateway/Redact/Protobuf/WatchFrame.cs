using System.Buffers.Binary;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>
/// A frame of a protobuf watch: 4 bytes of length, big-endian, then a <c>WatchEvent{type=1, object=2 RawExtension{raw=1}}</c>
/// (<c>staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto</c> of kubernetes/kubernetes).
/// <code>
/// 000001d2 0a05 "ADDED" 12c803 0ac503 (k8s\0 and the object, see <see cref="ProtobufEnvelope"/>)
/// </code>
/// </summary>
internal ref struct WatchFrame
{
    private const int LengthBytes = sizeof(uint);
    private const int TypeOfEvent = 1, ObjectOfEvent = 2, Raw = 1;

    /// <summary>Bytes of it, those of its length included, as far as they are there.</summary>
    public int Length { get; private set; }

    /// <summary>One of the words that Kubernetes has for it; empty when it is cut away.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>With its envelope; what is there of it when the frame is cut.</summary>
    public ReadOnlySpan<byte> Object { get; private set; }

    /// <summary>The stream ends before its end.</summary>
    public bool IsCut { get; private set; }

    /// <summary>It is no watch event.</summary>
    public bool IsMalformed { get; private set; }

    /// <param name="stream">Begins with the frame.</param>
    public static WatchFrame Read(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < LengthBytes)
        {
            return new WatchFrame { Length = stream.Length, IsCut = true };
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(stream);
        var content = stream[LengthBytes..];
        var isCut = length > (uint)content.Length;
        content = isCut ? content : content[..(int)length];
        var frame = new WatchFrame { Length = LengthBytes + content.Length, IsCut = isCut };
        frame.ReadEvent(content);
        return frame;
    }

    private void ReadEvent(ReadOnlySpan<byte> content)
    {
        var hasObject = false;
        var fields = new ProtobufFields(content);
        while (fields.Next() && !IsMalformed)
        {
            if (fields is { Number: TypeOfEvent, Type: WireType.Delimited } && Type.IsEmpty)
            {
                Type = fields.IsCut ? default : fields.Bytes;
                IsMalformed = !fields.IsCut && !WatchEventTypes.IsName(Type);
            }
            else if (fields is { Number: ObjectOfEvent, Type: WireType.Delimited } && !hasObject)
            {
                hasObject = true;
                ReadObject(fields.Bytes);
            }
            else
            {
                IsMalformed = true;
            }
        }

        IsMalformed |= fields.IsMalformed || (!IsCut && (fields.IsCut || Type.IsEmpty));
    }

    private void ReadObject(ReadOnlySpan<byte> extension)
    {
        var fields = new ProtobufFields(extension);
        while (fields.Next())
        {
            IsMalformed |= fields is not { Number: Raw, Type: WireType.Delimited } || !Object.IsEmpty;
            Object = fields.Bytes;
        }

        IsMalformed |= fields.IsMalformed || (fields.IsCut && !IsCut);
    }
}
