namespace KubeLens.Gateway.Redact.Json;

/// <summary>Finds the <see cref="Member"/> of a name.</summary>
internal static class MemberNames
{
    private const int Longest = 10;

    public static Member Of(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 2 or > Longest)
        {
            return Member.Other;
        }

        Span<byte> lower = stackalloc byte[Longest];
        lower = lower[..name.Length];
        for (var i = 0; i < name.Length; i++)
        {
            lower[i] = (byte)(name[i] is >= (byte)'A' and <= (byte)'Z' ? name[i] | 0x20 : name[i]);
        }

        return name.Length switch
        {
            2 => lower.SequenceEqual("op"u8) ? Member.Op : Member.Other,
            3 => lower.SequenceEqual("uid"u8) ? Member.Uid : lower.SequenceEqual("key"u8) ? Member.Key : Member.Other,
            4 => OfFour(lower),
            5 => lower.SequenceEqual("cells"u8) ? Member.Cells : lower.SequenceEqual("items"u8) ? Member.Items : lower.SequenceEqual("value"u8) ? Member.Value : Member.Other,
            6 => lower.SequenceEqual("object"u8) ? Member.Object : lower.SequenceEqual("reason"u8) ? Member.Reason : Member.Other,
            7 => lower.SequenceEqual("message"u8) ? Member.Message : Member.Other,
            8 => lower.SequenceEqual("metadata"u8) ? Member.Metadata : Member.Other,
            9 => lower.SequenceEqual("namespace"u8) ? Member.Namespace : lower.SequenceEqual("immutable"u8) ? Member.Immutable : Member.Other,
            _ => lower.SequenceEqual("stringdata"u8) ? Member.StringData : lower.SequenceEqual("binarydata"u8) ? Member.BinaryData : lower.SequenceEqual("apiversion"u8) ? Member.ApiVersion : Member.Other,
        };
    }

    public static bool IsData(Member member) => member is Member.Data or Member.StringData or Member.BinaryData;

    private static Member OfFour(ReadOnlySpan<byte> lower) => lower[0] switch
    {
        (byte)'k' when lower.SequenceEqual("kind"u8) => Member.Kind,
        (byte)'n' when lower.SequenceEqual("name"u8) => Member.Name,
        (byte)'p' when lower.SequenceEqual("path"u8) => Member.Path,
        (byte)'d' when lower.SequenceEqual("data"u8) => Member.Data,
        (byte)'r' when lower.SequenceEqual("rows"u8) => Member.Rows,
        (byte)'t' when lower.SequenceEqual("type"u8) => Member.Type,
        (byte)'f' when lower.SequenceEqual("from"u8) => Member.From,
        _ => Member.Other,
    };
}
