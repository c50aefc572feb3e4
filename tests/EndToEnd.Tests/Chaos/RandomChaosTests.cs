using System.Globalization;
using KubeLens.Gateway.Tests.Spool;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Chaos;

/// <summary>
/// Everything that can break, breaks, again and again, under load: gateway, Store and Postgres are killed with -9, the Store stands still, the
/// disk of the spool is full, deliveries are mangled. The client's own log says what must be found.
/// </summary>
public sealed class RandomChaosTests(SharedSystem shared)
{
    private const int CallsPerSecond = 300;
    private const int Clients = 12;
    private const int DiskKilobytes = 192 * 1024;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Ten minutes, or <c>KUBELENS_CHAOS_MINUTES</c>; with the seed <c>KUBELENS_SEED</c>, or another each time. Which kill comes when follows from the seed, what it meets does not.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Chaos_UnderLoad_LosesNoAnsweredCallAndDoublesNone()
    {
        var (minutes, seed) = (Number("KUBELENS_CHAOS_MINUTES") ?? 10, Number("KUBELENS_SEED") ?? Random.Shared.Next());
        var (random, events) = (new Random(seed), new SortedDictionary<string, int>());
        var system = await shared.DemoAsync(Cancel);
        await using var disk = await SmallDisk.MountAsync(DiskKilobytes, Cancel);
        await using var store = await MangledStore.StartAsync(system.StorePort, seed, Cancel);
        await using var gateway = await ChaosGateway.StartAsync(system, store.Address, Path.Combine(disk.Path, "spool"), Cancel);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        over.CancelAfter(TimeSpan.FromMinutes(minutes));
        var load = new ChaosLoad(gateway.Issued, $"chaos-{seed}", CallsPerSecond, Clients);
        var calls = load.RunAsync(over.Token);

        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * Quiet.TotalSeconds), Cancel);
            var (name, happen) = random.Next(6) switch
            {
                0 => ("gateway killed", gateway.KillAsync),
                1 => ("Store killed", () => KillAsync(() => system.TryServicePid("Store"))),
                2 => ("Postgres killed", () => KillAsync(() => PostmasterPid(system))),
                3 => ("Store stands still", () => FreezeAsync(system, random.Next(200, 6000))),
                4 => ("disk full", () => FillAsync(disk, random.Next(500, 15000))),
                _ => ("nothing", (Func<Task>)(() => Task.CompletedTask)),
            };
            await happen();
            events[name] = events.GetValueOrDefault(name) + 1;
        }

        await calls;
        Write($"seed {seed}; {load}; {string.Join(", ", events.Select(e => $"{e.Value} times {e.Key}"))}; deliveries: {store}");
        load.Answered.Count.ShouldBeGreaterThan(minutes * 60 * CallsPerSecond / 10, "answered calls");
        await Eventually.SucceedsAsync(() => CheckAsync(system, load), Cancel, TimeSpan.FromMinutes(3));
        Write($"{load.Answered.Count} answered calls are stored, each once");
    }

    private static async Task CheckAsync(KubeLensSystem system, ChaosLoad load)
    {
        var names = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = await system.Api.SearchAsync($"ua:{load.Run}", Cancel, cursor, from: "now-2h");
            foreach (var call in page.Items.Where(call => call.Name.Length > 0))
            {
                names.Add(call.Name).ShouldBeTrue($"{call.Name} is stored twice");
            }

            cursor = page.Next;
        }
        while (cursor is not null);

        load.Answered.Where(name => !names.Contains(name)).Take(20).ShouldBeEmpty("answered and not stored");
        names.Where(name => !load.Sent.ContainsKey(name)).Take(20).ShouldBeEmpty("stored and never sent");
    }

    private static async Task KillAsync(Func<int?> find)
    {
        int? pid = null;
        await Eventually.Async(() => (pid = find()) is not null, Cancel, TimeSpan.FromMinutes(1), "it runs");
        Signals.Send(pid!.Value, Signals.Kill);
        await Eventually.Async(() => find() is { } next && next != pid, Cancel, TimeSpan.FromMinutes(1), "it runs again");
    }

    private static async Task FreezeAsync(KubeLensSystem system, int milliseconds)
    {
        if (system.TryServicePid("Store") is { } pid)
        {
            Signals.Send(pid, Signals.Stop);
            await Task.Delay(milliseconds, Cancel);
            Signals.Send(pid, Signals.Continue);
        }
    }

    private static async Task FillAsync(SmallDisk disk, int milliseconds)
    {
        var ballast = Path.Combine(disk.Path, "ballast");
        try
        {
            await using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            var block = new byte[64 * 1024];
            while (true)
            {
                await file.WriteAsync(block, Cancel);
            }
        }
        catch (IOException)
        {
            await Task.Delay(milliseconds, Cancel); // it is full
        }
        finally
        {
            File.Delete(ballast);
        }
    }

    private static int? PostmasterPid(KubeLensSystem system)
    {
        var file = Directory.EnumerateFiles(system.Home.Path, "postmaster.pid", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).FirstOrDefault();
        try
        {
            return file is not null && int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Directory.Exists($"/proc/{pid}") ? pid : null;
        }
        catch (IOException)
        {
            return null; // between its end and its start
        }
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Write(string text) => TestContext.Current.TestOutputHelper!.WriteLine(text);
}
