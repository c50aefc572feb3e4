using System.Text.Json;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity.Tokens.Oidc;

/// <summary>Who a verified token is about, by kube-apiserver's rules for claims and prefixes.</summary>
internal sealed class OidcUser(OidcOptions options)
{
    private const string Email = "email";
    private const string NoPrefix = "-";
    private const string Reserved = "system:";

    private readonly string _prefix = options.UsernamePrefix switch
    {
        NoPrefix => "",
        "" => options.UsernameClaim == Email ? "" : options.Issuer + "#",
        var prefix => prefix,
    };

    public TokenVerdict Read(string token, DateTimeOffset expires)
    {
        using var claims = TokenClaims.Parse(token);
        if (claims is null)
        {
            return TokenVerdict.Refuse("the token cannot be read");
        }

        var name = Text(claims.RootElement, options.UsernameClaim);
        if (name.Length == 0)
        {
            return TokenVerdict.Refuse($"the token has no claim {options.UsernameClaim}, which names the user");
        }

        if (options.UsernameClaim == Email && claims.RootElement.TryGetProperty("email_verified", out var verified) && verified.ValueKind != JsonValueKind.True)
        {
            return TokenVerdict.Refuse("the token's email is not verified (email_verified)");
        }

        var caller = new Caller
        {
            Name = _prefix + name,
            Groups = [.. Groups(claims.RootElement).Select(group => options.GroupsPrefix + group)],
            Source = UserSources.Oidc,
            NotAfter = expires,
        };
        // The issuer knows nothing of Kubernetes: whoever may name groups there must not become system:masters here.
        return caller.Groups.Prepend(caller.Name).FirstOrDefault(text => text.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase)) is { } reserved
            ? TokenVerdict.Refuse($"the token names \"{reserved}\", and Kubernetes keeps names that start with system: to itself: set Identity:Oidc:UsernamePrefix and Identity:Oidc:GroupsPrefix")
            : TokenVerdict.Accept(caller, expires);
    }

    private IEnumerable<string> Groups(JsonElement claims)
    {
        if (options.GroupsClaim.Length == 0 || !claims.TryGetProperty(options.GroupsClaim, out var groups))
        {
            return [];
        }

        return groups.ValueKind switch
        {
            JsonValueKind.String => [groups.GetString()!],
            JsonValueKind.Array => groups.EnumerateArray().Where(group => group.ValueKind == JsonValueKind.String).Select(group => group.GetString()!).Where(group => group.Length > 0),
            _ => [],
        };
    }

    private static string Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
