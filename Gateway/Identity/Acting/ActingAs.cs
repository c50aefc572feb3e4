namespace KubeLens.Gateway.Identity.Acting;

/// <summary>Set on a request whose caller may act as somebody else, and does.</summary>
/// <param name="Effective">Whom the apiserver is to see.</param>
internal sealed record ActingAs(Caller Effective);
