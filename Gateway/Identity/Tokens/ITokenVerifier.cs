namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>Says whose a token is. Keeps nothing: see <see cref="TokenCache"/>.</summary>
internal interface ITokenVerifier
{
    /// <exception cref="TokenUnverifiedException">It cannot be known now; the message is fit for the caller.</exception>
    Task<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken);
}
