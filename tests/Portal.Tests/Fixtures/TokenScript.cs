using KubeLens.Contracts.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>Tokens for scripts.</summary>
internal sealed class TokenScript
{
    public const string Secret = "klt_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    public List<ApiTokenItem> Items { get; } = [];

    /// <summary>What was asked for, the last time.</summary>
    public ApiTokenRequest? Wanted { get; private set; }

    /// <summary>Answers in place of the list.</summary>
    public Func<IResult?> OnList { get; set; } = () => null;

    public static ApiTokenItem Item(long id, string name, string role = "viewer", int days = 30, string? revokedBy = null, bool isUsed = true)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            Id = id,
            Name = name,
            Role = role,
            CreatedBy = "alice (session 1f2e3d4c)",
            CreatedAt = now.AddDays(-60),
            ExpiresAt = now.AddDays(days),
            LastUsedAt = isUsed ? now.AddHours(-2) : null,
            RevokedBy = revokedBy,
            RevokedAt = revokedBy is null ? null : now.AddDays(-1),
        };
    }

    public static void Map(WebApplication app, Func<HttpRequest, TokenScript?> scriptOf)
    {
        app.MapGet("/api/v1/tokens", (HttpRequest request) => scriptOf(request) is { } script ? script.OnList() ?? Results.Ok(new ApiTokenList([.. script.Items])) : Results.Unauthorized());
        app.MapPost("/api/v1/tokens", (HttpRequest request, ApiTokenRequest token) => scriptOf(request) is { } script ? script.Make(token) : Results.Unauthorized());
        app.MapDelete("/api/v1/tokens/{id:long}", (HttpRequest request, long id) => scriptOf(request) is { } script ? script.Revoke(id) : Results.Unauthorized());
    }

    // As the Store says it.
    private IResult Make(ApiTokenRequest token)
    {
        Wanted = token;
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(token.Name))
        {
            errors["name"] = ["expected what the token is for, one line of 1 to 100 characters"];
        }

        if (token.ExpiresAt != "now+90d")
        {
            errors["expiresAt"] = [$"\"{token.ExpiresAt}\" is no time; give when the token is to end, as now+90d or in RFC 3339"];
        }

        if (errors.Count > 0)
        {
            return Results.ValidationProblem(errors);
        }

        Items.Insert(0, Item(Items.Count + 1, token.Name!, token.Role!, 90, isUsed: false) with { Cluster = string.IsNullOrEmpty(token.Cluster) ? null : token.Cluster });
        return Results.Json(new ApiTokenMade(Secret, Items[0]), statusCode: StatusCodes.Status201Created);
    }

    private IResult Revoke(long id)
    {
        var at = Items.FindIndex(item => item.Id == id);
        Items[at] = Items[at] with { RevokedBy = "alice (session 9a8b7c6d)", RevokedAt = TimeProvider.System.GetUtcNow() };
        return Results.Ok(Items[at]);
    }
}
