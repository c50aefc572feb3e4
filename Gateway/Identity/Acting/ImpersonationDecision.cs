namespace KubeLens.Gateway.Identity.Acting;

/// <param name="Refusal">A sentence for a 403; null when the request may go on.</param>
/// <param name="Strip">Headers that must not go upstream, by the names the caller wrote.</param>
/// <param name="Asks">Whether the caller asks to act as somebody else, and the cluster must say whether it may.</param>
internal readonly record struct ImpersonationDecision(string? Refusal, IReadOnlyList<string> Strip, bool Asks = false)
{
    public static ImpersonationDecision Allow { get; } = new(null, []);

    public bool Allowed => Refusal is null;

    public static ImpersonationDecision Refuse(string sentence) => new(sentence, []);
}
