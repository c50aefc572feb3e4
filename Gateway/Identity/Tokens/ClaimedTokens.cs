using KubeLens.Gateway.Identity.Workloads;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>Takes every token, by what it claims. Only where the apiserver sees the token itself and decides.</summary>
internal sealed class ClaimedTokens : ITokenVerifier
{
    public Task<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var claimed = TokenIdentity.Of(token);
        // Not TokenVerdict.Accept: nothing of it goes into a header, and an opaque token names nobody here.
        return Task.FromResult(new TokenVerdict(new Caller { Name = claimed.User, Groups = claimed.Groups, Source = claimed.Source, IsProven = false, Workload = WorkloadReader.OfClaims(claimed.User, token) }, "", TokenTimes.Of(token).Expires));
    }
}
