namespace KubeLens.Gateway.Identity.Acting;

/// <param name="Refusal">A sentence for the caller; null when the request may go on.</param>
/// <param name="Strip">Headers that must not go upstream, by the names the caller wrote.</param>
/// <param name="Asks">Whether the caller asks to act as somebody else, and the cluster must say whether it may.</param>
/// <param name="Status">Of the refusal: 403, or 503 when the cluster could not be asked.</param>
internal readonly record struct ImpersonationDecision(string? Refusal, IReadOnlyList<string> Strip, bool Asks = false, int Status = StatusCodes.Status403Forbidden)
{
    public static ImpersonationDecision Allow { get; } = new(null, []);

    public bool Allowed => Refusal is null;

    public static ImpersonationDecision Refuse(string sentence) => new(sentence, []);

    public static ImpersonationDecision Unavailable(string sentence) => new(sentence, [], Status: StatusCodes.Status503ServiceUnavailable);
}
