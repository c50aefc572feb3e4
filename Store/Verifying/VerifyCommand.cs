using System.CommandLine;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Hosting;
using KubeLens.Store.Partitions;

namespace KubeLens.Store.Verifying;

/// <summary><c>store verify [--from TIME] [--to TIME]</c>: whether all that is kept can be read and found.</summary>
internal static class VerifyCommand
{
    /// <summary>Something is wrong.</summary>
    public const int Wrong = 3;

    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(5);

    private static readonly Option<string?> From = new("--from") { Description = "hours from this one on; without both, all of them, and the ledger in full" };
    private static readonly Option<string?> To = new("--to") { Description = "hours up to this one" };

    public static Command Create()
    {
        var command = new Command("verify", $"Reads all that is kept and prints a line for each thing that is wrong. Changes nothing; a Store may run meanwhile. Exit code {Wrong} when something is wrong.") { From, To };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var app = CommandServices.Build(AddParts);
        var time = app.Services.GetRequiredService<TimeProvider>();
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var range = RangeOf(arguments.GetValue(From), arguments.GetValue(To), time.GetUtcNow());
        var told = time.GetTimestamp();
        var totals = await ActivatorUtilities.CreateInstance<VerifyRun>(app.Services).RunAsync(range, problem => output.WriteLine(problem), Tell, cancellationToken);
        var ledger = totals.Uncounted ? "; what could not be counted is not missed in the ledger"
            : range is not null ? "; of a range, only that the ledger knows each call and knows it once"
            : totals.PartlyCompared > 0 ? $" ({totals.PartlyCompared} in part: stored meanwhile, or retention may have dropped some of them, or they are older than this check)" : "";
        await output.WriteLineAsync($"{totals.Problems} problems in {totals.Hours} hours: {totals.Calls} calls in rows, {totals.SealedCalls} sealed, {totals.Packs} packs, {totals.Batches} batches{ledger}");
        return totals.Problems > 0 ? Wrong : 0;

        void Tell(VerifyTotals now, int hours)
        {
            if (time.GetElapsedTime(told) >= BetweenProgress)
            {
                told = time.GetTimestamp();
                error.WriteLine($"{now.Hours} of {hours} hours, {now.Calls + now.SealedCalls} calls, {now.Problems} problems");
            }
        }
    }

    // Calls may be of any time: what bounds them is what is given.
    private static TimeRange? RangeOf(string? from, string? to, DateTimeOffset now)
    {
        if (from is null && to is null)
        {
            return null;
        }

        var parsed = TimeRange.Resolve(from ?? "1970-01-01", to ?? "now+1d", now, TimeZoneInfo.Utc);
        return parsed.HasErrors ? throw new ArgumentException(CommandQuery.Text(parsed.Messages)) : parsed.Range;
    }

    private static void AddParts(WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.AddPartitions();
    }
}
