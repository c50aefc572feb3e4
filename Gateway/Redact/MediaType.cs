namespace KubeLens.Gateway.Redact;

internal enum BodySyntax
{
    Unknown,
    Json,
    Yaml,
    Text,

    /// <summary>One item, or several in a row.</summary>
    Cbor,

    /// <summary>Its type and metadata are kept by name, the rest by the numbers of its fields; of a watch those of each event.</summary>
    Protobuf,
}

/// <summary>Reads a <c>Content-Type</c>: <c>application/json;as=Table;v=v1;g=meta.k8s.io</c>.</summary>
internal static class MediaType
{
    /// <param name="contentType">The header; the apiserver takes a body without one for JSON.</param>
    public static BodySyntax SyntaxOf(string contentType)
    {
        var end = contentType.AsSpan().IndexOfAny(';', ',');
        var type = (end < 0 ? contentType : contentType.AsSpan(0, end)).Trim();
        if (type.IsEmpty || Is(type, "application/json") || Is(type, "text/json") || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            return BodySyntax.Json;
        }

        if (Is(type, "application/yaml") || Is(type, "application/x-yaml") || Is(type, "text/yaml") || type.EndsWith("+yaml", StringComparison.OrdinalIgnoreCase))
        {
            return BodySyntax.Yaml;
        }

        if (Is(type, "application/vnd.kubernetes.protobuf"))
        {
            return BodySyntax.Protobuf;
        }

        if (Is(type, "application/cbor") || Is(type, "application/cbor-seq") || type.EndsWith("+cbor", StringComparison.OrdinalIgnoreCase))
        {
            return BodySyntax.Cbor;
        }

        return Is(type, "text/plain") ? BodySyntax.Text : BodySyntax.Unknown;
    }

    /// <summary>Objects after one another, framed in a way of the type's own: <c>application/vnd.kubernetes.protobuf;stream=watch</c>.</summary>
    public static bool IsStream(string contentType) => contentType.Contains("stream=", StringComparison.OrdinalIgnoreCase);

    private static bool Is(ReadOnlySpan<char> type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);
}
