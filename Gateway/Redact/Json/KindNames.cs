using System.Text;

namespace KubeLens.Gateway.Redact.Json;

/// <summary>Finds the <see cref="KindMarks"/> of a <c>kind</c>, in any case.</summary>
internal static class KindNames
{
    private const int Longest = 253;

    public static KindMarks Of(ReadOnlySpan<byte> kind)
    {
        if (kind.IsEmpty)
        {
            return KindMarks.None;
        }

        Span<byte> buffer = stackalloc byte[Longest];
        if (Ascii.ToLower(kind, buffer, out var length) != System.Buffers.OperationStatus.Done)
        {
            // Too long or not ASCII: no kind of Kubernetes. Do not trust it to be harmless.
            return KindMarks.Secretish;
        }

        ReadOnlySpan<byte> name = buffer[..length];
        if (name.SequenceEqual("list"u8))
        {
            return KindMarks.List;
        }

        if (name.SequenceEqual("status"u8))
        {
            return KindMarks.Status;
        }

        if (name.SequenceEqual("table"u8) || name.StartsWith("partialobjectmetadata"u8))
        {
            return KindMarks.Envelope;
        }

        return name.EndsWith("list"u8) ? OfItem(name[..^4], KindMarks.ListOfStrict, KindMarks.ListOfSecretish, KindMarks.ListOfOther) : OfItem(name, KindMarks.Strict, KindMarks.Secretish, KindMarks.Other);
    }

    /// <summary>Whether values are hidden in all objects of the kind, or in parts of them that only their names tell.</summary>
    public static bool IsSecretish(string kind) => (Of(Encoding.UTF8.GetBytes(kind)) & (KindMarks.Strict | KindMarks.Secretish)) != 0;

    private static KindMarks OfItem(ReadOnlySpan<byte> name, KindMarks strict, KindMarks secretish, KindMarks other)
    {
        if (name.SequenceEqual("secret"u8) || name.SequenceEqual("configmap"u8) || name.SequenceEqual("tokenreview"u8) || name.SequenceEqual("tokenrequest"u8) || name.SequenceEqual("certificatesigningrequest"u8))
        {
            return strict;
        }

        return name.IndexOf("secret"u8) >= 0 || name.IndexOf("configmap"u8) >= 0 ? secretish : other;
    }
}
