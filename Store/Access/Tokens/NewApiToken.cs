using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Access.Tokens;

/// <summary>What is asked for.</summary>
internal sealed record NewApiToken(string Name, StoreRole Role, DateTimeOffset ExpiresAt, string? Cluster)
{
    private const int MaxDays = 366;
    private const int MaxName = 100;
    private const int MaxCluster = 253;

    /// <summary>Null where <paramref name="errors"/> has any: what is wrong, and what to put there, by field.</summary>
    public static NewApiToken? Read(ApiTokenRequest request, DateTimeOffset now, out Dictionary<string, string[]> errors)
    {
        errors = [];
        var (name, role) = ((request.Name ?? "").Trim(), StoreRoles.Find(request.Role ?? ""));
        if (name.Length is 0 or > MaxName || name.Any(char.IsControl))
        {
            errors["name"] = [$"expected what the token is for, one line of 1 to {MaxName} characters"];
        }

        if (role is null)
        {
            errors["role"] = [$"\"{request.Role}\" is none of {StoreRoles.Names}"];
        }

        if (!TimeExpression.TryParse(request.ExpiresAt ?? "", TimeEdge.To, now, TimeZoneInfo.Utc, out var expires, out _))
        {
            errors["expiresAt"] = [$"\"{request.ExpiresAt}\" is no time; give when the token is to end, as now+90d or in RFC 3339"];
        }
        else if (expires <= now || expires > now.AddDays(MaxDays))
        {
            errors["expiresAt"] = [FormattableString.Invariant($"{expires:yyyy-MM-ddTHH:mm:ssZ} is not within the next {MaxDays} days; try now+90d")];
        }

        var cluster = string.IsNullOrWhiteSpace(request.Cluster) ? null : request.Cluster.Trim();
        if (cluster?.Length > MaxCluster || cluster?.Any(char.IsControl) == true)
        {
            errors["cluster"] = [$"expected the name of the only cluster that the token shows, one line of at most {MaxCluster} characters, or nothing for all of them"];
        }
        else if (cluster is not null && role == StoreRole.Admin)
        {
            errors["cluster"] = ["an admin's token is of all clusters; leave it out, or make the token an auditor's"];
        }

        return errors.Count > 0 ? null : new NewApiToken(name, role!.Value, expires, cluster);
    }
}
