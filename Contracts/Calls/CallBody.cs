namespace KubeLens.Contracts.Calls;

/// <summary>What was kept of a body: content-decoded and redacted, at most the cap.</summary>
/// <param name="Content">The kept bytes; empty when there were none or none may be kept.</param>
/// <param name="Note">Why it is not the whole body, or <see cref="CallBodyNote.Whole"/>.</param>
/// <param name="RedactedValues">How many values were replaced in <paramref name="Content"/>.</param>
public sealed record CallBody(ReadOnlyMemory<byte> Content, CallBodyNote Note, int RedactedValues)
{
    /// <summary>The exchange had no body on this side.</summary>
    public static CallBody None { get; } = new(ReadOnlyMemory<byte>.Empty, CallBodyNote.Whole, 0);
}
