using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Store.Tests.Distribution;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Verifying;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Verifying;

/// <summary>A Store with calls in every place where they can lie: sealed, in rows, and late ones of a sealed hour.</summary>
internal static class VerifiedStore
{
    public const int Sealed = 200;
    public const int Late = 3;
    public const int Hot = 20;

    /// <summary>Of the sealed calls, and of the others.</summary>
    public static readonly DateTimeOffset SealedAt = SealedStore.HourAgo(4);

    /// <inheritdoc cref="SealedAt"/>
    public static readonly DateTimeOffset HotAt = SealedStore.HourAgo(2);

    public static async Task<TestStore> StartAsync(PostgresServer postgres, CancellationToken cancellationToken, int grace = 0)
    {
        var store = await SealedStore.StartAsync(postgres, cancellationToken, grace);
        await FillAsync(store, cancellationToken);
        return store;
    }

    public static async Task FillAsync(this TestStore store, CancellationToken cancellationToken)
    {
        await store.DeliverAsync(Batch("sealed", Sealed, SealedAt), cancellationToken);
        await store.SealAsync(cancellationToken);

        // As it is within its grace: late calls lie in the overflow table.
        await store.DoAsync("update segment set state = 2", cancellationToken);
        await store.DeliverAsync(Batch("late", Late, SealedAt), cancellationToken);
        await store.DoAsync("update segment set state = 3", cancellationToken);
        await store.DeliverAsync(Batch("hot", Hot, HotAt), cancellationToken);
    }

    /// <summary>Each with a body of its own.</summary>
    public static List<CallRecord> Batch(string name, int size, DateTimeOffset at) =>
        [.. SampleCalls.Batch(size, SampleCalls.NextBatchId()).Select(call => call with { Name = $"{name}-{call.Position!.Ordinal}", Time = at.AddSeconds(call.Position.Ordinal), ResponseBody = new CallBody(System.Text.Encoding.UTF8.GetBytes(BodyOf($"{name}-{call.Position.Ordinal}")), CallBodyNote.Whole, 0) })];

    public static string BodyOf(string name) => $"{{\"body\":\"of {name}.\"}}";

    public static Task<string> DoAsync(this TestStore store, string change, CancellationToken cancellationToken) =>
        store.ScalarAsync<string>($"with changed as ({change} returning 1) select count(*)::text from changed", cancellationToken);

    /// <returns>The lines that are printed.</returns>
    public static async Task<List<string>> VerifyAsync(this TestStore store, CancellationToken cancellationToken, TimeRange? range = null) => (await store.VerifyInFullAsync(cancellationToken, range)).Lines;

    public static async Task<(VerifyTotals Totals, List<string> Lines)> VerifyInFullAsync(this TestStore store, CancellationToken cancellationToken, TimeRange? range = null)
    {
        var lines = new List<string>();
        if (DistributedRun.Current is not null)
        {
            return (new VerifyTotals(), lines); // it refuses to
        }

        var totals = await ActivatorUtilities.CreateInstance<VerifyRun>(store.Services).RunAsync(range, problem => lines.Add(problem.ToString()), (_, _) => { }, cancellationToken);
        totals.Problems.ShouldBe(lines.Count);
        return (totals, lines);
    }
}
