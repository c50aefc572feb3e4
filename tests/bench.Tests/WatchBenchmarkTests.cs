using System.Diagnostics;
using System.Net.Sockets;
using KubeLens.Bench.Load;
using KubeLens.Bench.Measure;
using KubeLens.Bench.Pki;
using KubeLens.Bench.Upstream;
using KubeLens.Testing;

namespace KubeLens.Bench.Tests;

public sealed class WatchBenchmarkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2.0", 600)] // more than one connection carries
    [InlineData("1.1", 20)]
    public async Task Fleet_WithItsWatchesOpen_HasEachEventOnEveryOne(string version, int count)
    {
        using var folder = new TempFolder("watches");
        var pki = new BenchPki(folder.Path, TimeProvider.System);
        await using var upstream = await WatchUpstream.StartAsync(pki.Server, Token);
        using var fleet = new WatchFleet(new Endpoint(upstream.Address, pki.Authority, null), Version.Parse(version), TimeProvider.System);
        await fleet.OpenAsync(count, Token);

        for (var i = 0; i < 3; i++)
        {
            var arrivals = await fleet.DeliverAsync(upstream, Token);
            arrivals.Count.ShouldBe(count);
            arrivals.ShouldBeInOrder();
        }
    }

    [Fact]
    public async Task InduceAsync_OfThisProcess_CollectsItsHeap()
    {
        var before = GC.CollectionCount(2);

        await HeapCollection.InduceAsync(Environment.ProcessId, Token);

        GC.CollectionCount(2).ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task InduceAsync_WithSocketsOfOlderProcessesOfThatId_IsOfThisOne()
    {
        var left = Enumerable.Range(1, 30).Select(_ => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)).ToList();
        try
        {
            for (var started = 1; started <= left.Count; started++)
            {
                // Bound, and nobody listens: what a killed process leaves. Disposing takes the file away.
                left[started - 1].Bind(new UnixDomainSocketEndPoint(Path.Combine(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-{started}-socket")));
            }

            var before = GC.CollectionCount(2);

            await HeapCollection.InduceAsync(Environment.ProcessId, Token);

            GC.CollectionCount(2).ShouldBeGreaterThan(before);
        }
        finally
        {
            left.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Memory_OfAProcess_IsWhatTheKernelSays()
    {
        await using var process = TestProcess.Start(new TestCommand("/bin/sh", "-c", "echo here; read -r end"));
        await process.WaitForLineAsync(line => line == "here", Token);
        var memory = ProcessMemory.Of(process.Id);
        using var seen = Process.GetProcessById(process.Id);

        (memory.Resident * 1024).ShouldBe(seen.WorkingSet64, tolerance: 0.2 * seen.WorkingSet64);
        memory.Private.ShouldBeInRange(1, memory.Resident);
    }
}
