using System.CommandLine;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Holds;

/// <summary><c>store hold add|list|release</c>: what is kept whatever its age.</summary>
internal static class HoldCommand
{
    private static readonly Option<string> Name = new("--name") { Description = "what it is called, as a case number", Required = true };
    private static readonly Option<string> Query = new("--q") { Description = "what to keep, in the query language", Required = true };
    private static readonly Option<string> From = new("--from") { Description = "completed at or after", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "completed at or before; may lie ahead: calls to come are kept as well", DefaultValueFactory = _ => TimeRange.DefaultTo };
    private static readonly Option<string> Reason = new("--reason") { Description = "why", Required = true };
    private static readonly Option<string> By = new("--by") { Description = "who does it", DefaultValueFactory = _ => Operator.Name };

    public static Command Create()
    {
        var add = new Command("add", "Keeps every call that a query finds in a range of time, from now on until it is released, whatever its age and the size of the database.") { Name, Query, From, To, Reason, By };
        add.SetAction(AddAsync);
        var list = new Command("list", "Prints every legal hold, released ones as well.");
        list.SetAction(ListAsync);
        var release = new Command("release", "Ends a legal hold: what it kept beyond its time goes with the next look of retention, unless another hold keeps it.") { Name, By };
        release.SetAction(ReleaseAsync);
        return new Command("hold", "Legal holds.") { add, list, release };
    }

    private static async Task<int> AddAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var (name, reason, query) = (CommandQuery.Line(arguments, Name), CommandQuery.Line(arguments, Reason), arguments.GetValue(Query)!);
        var (node, range) = CommandQuery.Read(query, arguments.GetValue(From), arguments.GetValue(To), app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (HoldQuery.AsksNotes(node))
        {
            throw new ArgumentException($"--q: {HoldQuery.NotesRefused}");
        }

        await app.Services.GetRequiredService<HoldTable>().AddAsync(name, query, range, reason, CommandQuery.Line(arguments, By), cancellationToken);
        await arguments.InvocationConfiguration.Output.WriteLineAsync($"{name} holds from now on: q={query}, {Times(range)}");
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var (table, output) = (app.Services.GetRequiredService<HoldTable>(), arguments.InvocationConfiguration.Output);
        foreach (var hold in await table.ListAsync(cancellationToken))
        {
            var released = hold.ReleasedAt is { } at ? FormattableString.Invariant($"released {at:yyyy-MM-ddTHH:mm:ssZ} by {hold.ReleasedBy}") : "holds";
            await output.WriteLineAsync(FormattableString.Invariant($"{hold.Name}: {released}; placed {hold.PlacedAt:yyyy-MM-ddTHH:mm:ssZ} by {hold.PlacedBy}; {hold.Reason}; q={hold.Query}, {Times(hold.Range)}"));
        }

        var (calls, bytes) = await table.KeptAsync(cancellationToken);
        await arguments.InvocationConfiguration.Error.WriteLineAsync($"{calls} calls are kept beyond their time, with {bytes} bytes of headers and bodies");
        return 0;
    }

    private static async Task<int> ReleaseAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var (table, name) = (app.Services.GetRequiredService<HoldTable>(), arguments.GetValue(Name)!);
        if (!await table.ReleaseAsync(name, CommandQuery.Line(arguments, By), cancellationToken))
        {
            var there = (await table.ActiveAsync(cancellationToken)).Select(hold => hold.Name).ToList();
            throw new ArgumentException($"--name: no legal hold {name} is in force; {(there.Count > 0 ? $"there are {string.Join(", ", there)}" : "there are none")}.");
        }

        await arguments.InvocationConfiguration.Output.WriteLineAsync($"{name} is released");
        return 0;
    }

    private static string Times(TimeRange range) => FormattableString.Invariant($"from {range.From:yyyy-MM-ddTHH:mm:ssZ} to {range.To:yyyy-MM-ddTHH:mm:ssZ}");

    private static void AddParts(WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.Services.AddSingleton<HoldTable>();
    }
}
