namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>Whoever could say whose a token is did not answer. Not the token's fault, so the caller gets 503 and may try again.</summary>
internal sealed class TokenUnverifiedException(string message, Exception? inner = null) : Exception(message, inner);
