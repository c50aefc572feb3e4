namespace KubeLens.Gateway.Identity;

/// <param name="Refusal">A sentence for a 403; null when the request may go on.</param>
/// <param name="Strip">Headers that must not go upstream, by the names the caller wrote.</param>
internal readonly record struct ImpersonationDecision(string? Refusal, IReadOnlyList<string> Strip)
{
    public static ImpersonationDecision Allow { get; } = new(null, []);

    public bool Allowed => Refusal is null;

    public static ImpersonationDecision Refuse(string sentence) => new(sentence, []);
}
