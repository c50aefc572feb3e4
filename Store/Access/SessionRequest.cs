namespace KubeLens.Store.Access;

/// <summary>The body of <c>POST /api/v1/sessions</c>.</summary>
/// <param name="Code">The one-time login code, as printed.</param>
internal sealed record SessionRequest(string? Code);

/// <summary>The answer.</summary>
/// <param name="Token">The bearer token for the API.</param>
/// <param name="Role">What it may do: <c>viewer</c>, <c>auditor</c> or <c>admin</c>.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="User">Whose it is: <c>owner</c>, or whom the login link was made for.</param>
internal sealed record SessionStarted(string Token, string Role, DateTimeOffset ExpiresAt, string User);
