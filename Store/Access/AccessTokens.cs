using KubeLens.Store.Access.Tokens;
using KubeLens.Store.Database;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>Who presents a token.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Role">What they may do.</param>
/// <param name="User">Whom it is of: stays the same from one session to the next. Empty for a service.</param>
/// <param name="Cluster">Of an apiserver: the only one it speaks for.</param>
/// <param name="OnlyCluster">The only one that it may see; null for all.</param>
internal sealed record Bearer(string Name, StoreRole Role, string User = "", string Cluster = "", string? OnlyCluster = null);

/// <summary>Finds whose token it is.</summary>
internal sealed class AccessTokens(IOptions<AccessOptions> options, SessionTokens sessions, AuditTokens audit, ApiTokenTable tokens, DatabaseState database, TimeProvider time, ILogger<AccessTokens> logger)
{
    private readonly SecretFile _api = new("Access:ApiTokenFile", options.Value.ApiTokenFile, logger);
    private readonly SecretFile _service = new("Access:ServiceTokenFile", options.Value.ServiceTokenFile, logger);

    public async ValueTask<BearerLookup> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (ApiTokenSecret.Looks(token))
        {
            return await FindApiTokenAsync(token, cancellationToken);
        }

        if (SessionTokens.Looks(token))
        {
            return sessions.Read(token, out var problem) is { } session ? new(new Bearer($"{session.User} (session {session.Id})", session.Role, session.User)) : new(null, problem);
        }

        if (AuditTokens.Looks(token))
        {
            return audit.Find(token, out var problem) is { } cluster ? new(new Bearer($"the apiserver of cluster {cluster}", StoreRole.ApiServer, Cluster: cluster)) : new(null, problem);
        }

        // Both are compared, whatever the first says: the time tells nothing.
        var api = _api.Holds(token);
        var service = _service.Holds(token);
        return api ? new(new Bearer("the API token", StoreRole.Auditor, LoginCode.OwnerUser)) : service ? new(new Bearer("the service token", StoreRole.Service)) : new(null, "The bearer token is not valid.");
    }

    private async Task<BearerLookup> FindApiTokenAsync(string secret, CancellationToken cancellationToken)
    {
        if (!database.IsMigrated)
        {
            return new(null, Unavailable: "The database is not ready yet.");
        }

        try
        {
            if (await tokens.FindAsync(secret, cancellationToken) is not { } token)
            {
                return new(null, "The API token is not known here.");
            }

            if (token.WhyOver(time.GetUtcNow()) is { } problem)
            {
                return new(null, problem);
            }

            await tokens.MarkUsedAsync(token, cancellationToken);
            return new(new Bearer(token.Title, token.Role, token.Title, OnlyCluster: token.Cluster));
        }
        catch (Exception e) when (e.IsDatabase())
        {
            logger.AccessUnavailable(e.GetBaseException().Message);
            return new(null, Unavailable: "The database does not answer. Try again in a moment.");
        }
    }
}
