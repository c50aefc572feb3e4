using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>Who presents a token.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Cluster">Of an apiserver: the only one it speaks for.</param>
internal sealed record Bearer(string Name, StoreRole Role, string Cluster = "");

/// <summary>Finds whose token it is.</summary>
internal sealed class AccessTokens(IOptions<AccessOptions> options, SessionTokens sessions, AuditTokens audit, ILogger<AccessTokens> logger)
{
    private readonly SecretFile _api = new("Access:ApiTokenFile", options.Value.ApiTokenFile, logger);
    private readonly SecretFile _service = new("Access:ServiceTokenFile", options.Value.ServiceTokenFile, logger);

    /// <summary>Null, with the reason, when it is nobody's.</summary>
    public Bearer? Find(string token, out string problem)
    {
        problem = "The bearer token is not valid.";
        if (SessionTokens.Looks(token))
        {
            return sessions.Read(token, out problem) is { } session ? new Bearer($"session {session.Id}", session.Role) : null;
        }

        if (AuditTokens.Looks(token))
        {
            return audit.Find(token, out problem) is { } cluster ? new Bearer($"the apiserver of cluster {cluster}", StoreRole.ApiServer, cluster) : null;
        }

        // Both are compared, whatever the first says: the time tells nothing.
        var api = _api.Holds(token);
        var service = _service.Holds(token);
        return api ? new Bearer("the API token", StoreRole.Auditor) : service ? new Bearer("the service token", StoreRole.Service) : null;
    }
}
