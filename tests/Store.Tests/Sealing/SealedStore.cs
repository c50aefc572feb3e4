using KubeLens.Contracts.Calls;
using KubeLens.Store.Sealing;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Sealing;

/// <summary>A Store that seals when a test says so, in small pieces: many chunks, several portions.</summary>
internal static class SealedStore
{
    public static readonly string[] Settings = ["--Sealing:AfterMinutes=0", "--Sealing:CpuPercent=100", "--Sealing:ChunkCalls=64", "--Sealing:MaxCalls=150"];

    /// <param name="grace">Minutes for which rows stay beside their chunks.</param>
    public static Task<TestStore> StartAsync(PostgresServer postgres, CancellationToken cancellationToken, int grace = 0) =>
        TestStore.StartAsync(postgres, cancellationToken, [.. Settings, $"--Sealing:GraceMinutes={grace}"]);

    public static Task SealAsync(this TestStore store, CancellationToken cancellationToken) => store.Services.GetRequiredService<SealingRun>().SealDueAsync(cancellationToken);

    /// <summary>How many calls lie where.</summary>
    public static async Task<(long Rows, long Overflow, long Sealed)> PlacesAsync(this TestStore store, CancellationToken cancellationToken) => (
        await store.ScalarAsync<long>("select count(*) from call", cancellationToken),
        await store.ScalarAsync<long>("select count(*) from call_overflow", cancellationToken),
        await store.ScalarAsync<long>("select coalesce(sum(calls), 0)::bigint from call_chunk", cancellationToken));

    /// <summary>As if the hours had been sealed long ago.</summary>
    public static Task<long> AgeAsync(this TestStore store, CancellationToken cancellationToken) =>
        store.ScalarAsync<long>("with old as (update segment set sealed_at = sealed_at - interval '2 days' returning seg_id) select count(*) from old", cancellationToken);

    /// <summary>A moment of an hour that is over, early in it.</summary>
    public static DateTimeOffset HourAgo(int hours) => SampleCalls.Now is var now ? now.AddHours(-hours).AddTicks(-(now.Ticks % TimeSpan.TicksPerHour)).AddMinutes(20) : default;

    public static string IdOf(CallRecord call) => CallId.Of(call.Time, call.Position!.BatchId, call.Position.Ordinal).ToString();
}
