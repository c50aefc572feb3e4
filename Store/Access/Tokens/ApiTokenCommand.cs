using System.CommandLine;
using KubeLens.Contracts.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Access.Tokens;

/// <summary><c>store api-token create|list|revoke</c>: tokens for scripts.</summary>
internal static class ApiTokenCommand
{
    private static readonly Option<string> Name = new("--name") { Description = "what it is for", Required = true };
    private static readonly Option<string> Role = new("--role") { Description = StoreRoles.Names, Required = true };
    private static readonly Option<string> Expires = new("--expires") { Description = "when it ends: now+90d, or RFC 3339; at most 366 days ahead", Required = true };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "the only cluster that it shows, as calls name it; all of them without it" };
    private static readonly Option<long> Id = new("--id") { Description = "its number in the list", Required = true };
    private static readonly Option<string> By = new("--by") { Description = "who does it", DefaultValueFactory = _ => Operator.Name };

    // As the request has them.
    private static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string> { ["name"] = Name.Name, ["role"] = Role.Name, ["expiresAt"] = Expires.Name, ["cluster"] = Cluster.Name };

    public static Command Create()
    {
        var create = new Command("create", "Makes a token for the Store's API and prints it, this once: only its hash is kept.") { Name, Role, Expires, Cluster, By };
        create.SetAction(CreateAsync);
        var list = new Command("list", "Prints every token, those that are over or revoked as well.");
        list.SetAction(ListAsync);
        var revoke = new Command("revoke", "Ends a token at once, at every Store of the database.") { Id, By };
        revoke.SetAction(RevokeAsync);
        return new Command("api-token", "Tokens for scripts that call the Store's API.") { create, list, revoke };
    }

    private static async Task<int> CreateAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var request = new ApiTokenRequest(arguments.GetValue(Name), arguments.GetValue(Role), arguments.GetValue(Expires), arguments.GetValue(Cluster));
        if (NewApiToken.Read(request, app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), out var errors) is not { } wanted)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors.Select(error => $"{Options[error.Key]}: {error.Value[0]}")));
        }

        var (secret, token) = await app.Services.GetRequiredService<ApiTokenTable>().AddAsync(wanted, CommandQuery.Line(arguments, By), cancellationToken);
        await arguments.InvocationConfiguration.Output.WriteLineAsync(secret);
        await arguments.InvocationConfiguration.Error.WriteLineAsync(FormattableString.Invariant($"{token.Title} is {token.Role.Name()}{Of(token)} until {token.ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}. It is not told again."));
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var token in await app.Services.GetRequiredService<ApiTokenTable>().ListAsync(cancellationToken))
        {
            var state = token.RevokedAt is { } at ? FormattableString.Invariant($"revoked {at:yyyy-MM-ddTHH:mm:ssZ} by {token.RevokedBy}") : token.WhyOver(now) is null ? "valid" : "over";
            var used = token.LastUsedAt is { } last ? FormattableString.Invariant($"last used about {last:yyyy-MM-ddTHH:mmZ}") : "never used";
            await arguments.InvocationConfiguration.Output.WriteLineAsync(FormattableString.Invariant($"{token.Id} {token.Name}: {state}; {token.Role.Name()}{Of(token)} until {token.ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}; made {token.CreatedAt:yyyy-MM-ddTHH:mm:ssZ} by {token.CreatedBy}; {used}"));
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var token = await app.Services.GetRequiredService<ApiTokenTable>().RevokeAsync(arguments.GetValue(Id), CommandQuery.Line(arguments, By), cancellationToken)
            ?? throw new ArgumentException($"--id: there is no token {arguments.GetValue(Id)}; \"store api-token list\" has all of them.");
        await arguments.InvocationConfiguration.Output.WriteLineAsync($"{token.Title} is revoked");
        return 0;
    }

    private static string Of(ApiToken token) => token.Cluster is { } cluster ? $" of the cluster {cluster}" : "";

    private static void AddParts(WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.Services.AddSingleton<ApiTokenTable>();
    }
}
