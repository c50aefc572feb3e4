using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// Decides whose a request is, for one cluster. A certificate counts before a token, as for an apiserver; with
/// <c>passthrough</c> only a token can go on, and with <c>credential</c>, where it means the kubeconfig's power, only a
/// certificate that the gateway issued counts.
/// </summary>
/// <param name="tokens">Null where tokens do not count.</param>
internal sealed class CallerAuthenticator(IdentityMode mode, TokenCache? tokens, TimeProvider clock)
{
    /// <summary>Completes synchronously for a certificate, and for a token that is known.</summary>
    public ValueTask<CallerVerdict> AuthenticateAsync(HttpContext context)
    {
        if (mode != IdentityMode.Passthrough && context.Features.Get<ICallerFeature>() is Caller caller)
        {
            var problem = Problem(caller);
            if (problem is null)
            {
                return new(CallerVerdict.Accept(caller));
            }

            if (tokens is null)
            {
                return new(CallerVerdict.Refuse(problem));
            }
        }

        return tokens is not null && BearerToken.Of(context.Request.Headers) is { } token
            ? VerifyAsync(token, tokens, context)
            : new(CallerVerdict.Refuse(Missing(context)));
    }

    private string? Problem(Caller caller) =>
        caller.Revoked.IsCancellationRequested ? "the client certificate has been revoked"
        : clock.GetUtcNow() >= caller.NotAfter ? "the client certificate has expired"
        : mode == IdentityMode.Credential && !caller.IsIssued ? "the client certificate was not issued by this gateway"
        : null;

    private string Missing(HttpContext context) =>
        mode == IdentityMode.Passthrough ? "no token was sent"
        : context.Features.Get<RejectedCertificate>()?.Problem
        ?? (context.Features.Get<ICallerFeature>() is Caller caller ? Problem(caller) : null)
        ?? (tokens is null ? "no client certificate was shown" : "neither a client certificate was shown nor a token sent");

    private static async ValueTask<CallerVerdict> VerifyAsync(string token, TokenCache tokens, HttpContext context)
    {
        try
        {
            var verdict = await tokens.VerifyAsync(token, context.RequestAborted);
            context.Features.Set<ICallerFeature>(verdict.Caller);
            return verdict.Caller is { } caller ? CallerVerdict.Accept(caller) : CallerVerdict.Refuse(verdict.Problem);
        }
        catch (TokenUnverifiedException e)
        {
            context.Features.Set<ICallerFeature>(null);
            return CallerVerdict.Unavailable(e.Message);
        }
    }
}
