namespace KubeLens.Portal.SignIn;

/// <summary>The Store's answer to a login code.</summary>
/// <param name="Token">Short-lived bearer for the Store's API.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Role"><c>viewer</c>, <c>auditor</c> or <c>admin</c>.</param>
/// <param name="ExpiresAt">When the token stops working.</param>
internal sealed record StoreSession(string Token, string User, string Role, DateTimeOffset ExpiresAt);
