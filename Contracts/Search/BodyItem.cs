namespace KubeLens.Contracts.Search;

/// <summary>A stored body.</summary>
/// <param name="ContentType">The media type as sent, or empty.</param>
/// <param name="Bytes">Bytes that passed on the wire.</param>
/// <param name="KeptBytes">Bytes kept after decoding and redaction.</param>
/// <param name="Note"><c>whole</c>, <c>truncated</c>, <c>notCaptured</c>, <c>unsupportedType</c>, <c>undecodable</c>, <c>dropped</c>, <c>lost</c>, <c>metadataOnly</c>, <c>expired</c> or <see cref="NotPermitted"/>.</param>
/// <param name="RedactedValues">Values replaced by the gateway.</param>
/// <param name="Text">The kept bytes as text; invalid UTF-8 becomes U+FFFD.</param>
public sealed record BodyItem(string ContentType, long Bytes, long KeptBytes, string Note, int RedactedValues, string Text)
{
    /// <summary>The <see cref="Note"/> of a body that is kept, and that the reader's role does not see.</summary>
    public const string NotPermitted = "notPermitted";
}
