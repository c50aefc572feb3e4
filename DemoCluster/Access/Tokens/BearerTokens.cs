namespace KubeLens.DemoCluster.Access.Tokens;

/// <summary>All tokens that this cluster takes.</summary>
internal sealed class BearerTokens(DemoTokens demo, ServiceAccountTokens serviceAccounts)
{
    private static readonly string[] Own = [ServiceAccountTokens.Audience];

    public DemoUser? Verify(string token) => Verify(token, Own, out _);

    /// <param name="audiences">Whom the token has to be for; demo tokens are for this API only.</param>
    public DemoUser? Verify(string token, IReadOnlyCollection<string> audiences, out string problem)
    {
        if (!token.StartsWith(DemoTokens.Prefix, StringComparison.Ordinal))
        {
            return serviceAccounts.Verify(token, audiences, out problem);
        }

        problem = "invalid bearer token";
        return audiences.Contains(ServiceAccountTokens.Audience) ? demo.Verify(token) : null;
    }
}
