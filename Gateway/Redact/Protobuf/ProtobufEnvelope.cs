using System.Buffers;
using System.Text;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>
/// What is around every Kubernetes protobuf object: <c>k8s\0</c>, then <c>runtime.Unknown{typeMeta{apiVersion=1,kind=2}=1, raw=2,
/// contentEncoding=3, contentType=4}</c>.
/// <code>
/// 6b387300 0a0c 0a02 "v1" 1206 "Secret" 12fd07 (the Secret) 1a00 2200
/// </code>
/// </summary>
internal ref struct ProtobufEnvelope
{
    private const int TypeMeta = 1, RawObject = 2, ContentEncoding = 3, ContentType = 4, Version = 1, KindName = 2;
    private const int LongestKind = 63, LongestVersion = 253;

    private static readonly SearchValues<byte> KindCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);
    private static readonly SearchValues<byte> VersionCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-/"u8);

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    public string ApiVersion { get; private set; }

    public string Kind { get; private set; }

    /// <summary>The object, what is there of it when the body is cut.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary><see cref="Raw"/> ends before its end.</summary>
    public bool IsCut { get; private set; }

    /// <summary>All of it is as it should be, and the object is protobuf itself, not JSON or packed.</summary>
    public bool IsSound { get; private set; }

    /// <returns>False when it does not even say of what kind it is.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ProtobufEnvelope envelope)
    {
        envelope = new ProtobufEnvelope { ApiVersion = "", Kind = "", IsSound = true };
        if (!body.StartsWith(Magic))
        {
            return false;
        }

        var seen = 0;
        var fields = new ProtobufFields(body[Magic.Length..]);
        while (fields.Next())
        {
            if (fields.Number > ContentType || fields.Type != WireType.Delimited || (seen & (1 << fields.Number)) != 0)
            {
                return false;
            }

            seen |= 1 << fields.Number;
            envelope.Take(fields);
        }

        envelope.IsCut |= fields.IsCut;
        envelope.IsSound &= !fields.IsMalformed;
        return envelope.Kind.Length > 0;
    }

    private void Take(in ProtobufFields fields)
    {
        switch (fields.Number)
        {
            case TypeMeta:
                ReadType(fields.Bytes);
                break;
            case RawObject:
                Raw = fields.Bytes;
                IsCut = fields.IsCut;
                break;
            case ContentEncoding:
                IsSound &= fields.Bytes.IsEmpty;
                break;
            case ContentType:
                IsSound &= fields.Bytes.IsEmpty || fields.Bytes.SequenceEqual("application/vnd.kubernetes.protobuf"u8);
                break;
        }
    }

    private void ReadType(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> version = default, kind = default;
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Number == Version)
            {
                version = fields.Bytes;
            }
            else if (fields.Number == KindName)
            {
                kind = fields.Bytes;
            }
        }

        var isType = !fields.IsCut && !fields.IsMalformed
            && kind.Length <= LongestKind && kind.IndexOfAnyExcept(KindCharacters) < 0
            && version.Length <= LongestVersion && version.IndexOfAnyExcept(VersionCharacters) < 0;
        ApiVersion = isType ? Encoding.ASCII.GetString(version) : "";
        Kind = isType ? Encoding.ASCII.GetString(kind) : "";
    }
}
