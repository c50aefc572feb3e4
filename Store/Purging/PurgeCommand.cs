using System.CommandLine;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Holds;
using KubeLens.Store.Hosting;
using KubeLens.Store.Search;

namespace KubeLens.Store.Purging;

/// <summary><c>store purge --q QUERY --from TIME --to TIME [--yes]</c>: takes away what should not have been recorded.</summary>
internal static class PurgeCommand
{
    private static readonly Option<string> Query = new("--q") { Description = "what is to go, in the query language", Required = true };
    private static readonly Option<string> From = new("--from") { Description = "completed at or after", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "completed at or before", Required = true };
    private static readonly Option<bool> Yes = new("--yes") { Description = "do it; without this, only what would go is printed" };
    private static readonly Option<string> Reason = new("--reason") { Description = "why; needed with --yes", DefaultValueFactory = _ => "" };
    private static readonly Option<string> By = new("--by") { Description = "who does it", DefaultValueFactory = _ => Operator.Name };

    public static Command Create()
    {
        var command = new Command("purge", "Takes away every ended call that a query finds in a range of time, with headers and bodies, for good. Refuses what is under a legal hold. May be repeated after it was interrupted.") { Query, From, To, Yes, Reason, By };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var (output, yes) = (arguments.InvocationConfiguration.Output, arguments.GetValue(Yes));
        var (node, range) = CommandQuery.Read(arguments.GetValue(Query)!, arguments.GetValue(From), arguments.GetValue(To), app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var request = new PurgeRequest(arguments.GetValue(Query)!, node, range, yes ? CommandQuery.Line(arguments, Reason) : "", CommandQuery.Line(arguments, By));
        var run = ActivatorUtilities.CreateInstance<PurgeRun>(app.Services);
        var hours = await run.LookAsync(request, cancellationToken);
        if (!yes)
        {
            foreach (var (hour, calls) in hours)
            {
                await output.WriteLineAsync(FormattableString.Invariant($"{hour:yyyy-MM-ddTHH}Z: {calls} calls"));
            }

            await output.WriteLineAsync($"{hours.Values.Sum()} calls in {hours.Count} hours would go. Nothing was purged: --yes does it.");
            return 0;
        }

        var purged = await run.PurgeAsync(request, hours.Keys, (hour, calls) => output.WriteLine(FormattableString.Invariant($"{hour:yyyy-MM-ddTHH}Z: {calls} calls purged")), cancellationToken);
        await output.WriteLineAsync($"{purged} calls in {hours.Count} hours were purged");
        return 0;
    }

    private static void AddParts(WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.AddSearch();
        builder.AddHolds();

        // What was done is worth a line wherever this is run.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter((category, _) => category == typeof(PurgeRun).FullName);
    }
}
