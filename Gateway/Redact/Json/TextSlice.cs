namespace KubeLens.Gateway.Redact.Json;

/// <summary>Where a string's content stands in the document, escapes as they are.</summary>
internal readonly record struct TextSlice(int Offset, int Length)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> document) => document.Slice(Offset, Length);
}
