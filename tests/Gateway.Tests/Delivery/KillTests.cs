using System.Globalization;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Delivery;

/// <summary>A process with a spool and a delivery is killed with -9 again and again, and what it promised is held against what arrived.</summary>
public sealed class KillTests : IDisposable
{
    private const string ChildVariable = "KUBELENS_TEST_KILL_FOLDER";
    private const string StoreVariable = "KUBELENS_TEST_KILL_STORE";
    private const int Rounds = 6;

    // A slow machine must cost no bodies here, by being late or by finding no segment ready: they are to be complete.
    private static readonly (string, string)[] Configuration =
        [("Delivery:BodyWait", "00:00:20"), ("Delivery:BatchCalls", "150"), ("Spool:SegmentBytes", "8388608"), ("Spool:MaxBytes", "536870912")];

    private readonly TempFolder _folder = new("kill");
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_AtRandomMoments_LosesAndDoublesNothing()
    {
        await using var sink = await StoreSink.StartAsync();
        var random = new Random(5);
        sink.Before = (_, number) => Task.FromResult(number % 5 == 0 ? Results.StatusCode(503) : null);
        sink.After = async (context, number) =>
        {
            await Task.Delay(number % 3 * 20, CancellationToken.None);
            if (number % 7 == 0)
            {
                context.Abort(); // stored, and the gateway does not learn of it
            }

            return null;
        };
        for (var round = 0; round < Rounds; round++)
        {
            await using var child = TestProcess.Start(new TestCommand(
                Path.Combine(AppContext.BaseDirectory, "KubeLens.Gateway.Tests"), "-explicit", "only", "-method", $"{typeof(KillTests).FullName}.{nameof(Child_AppendsUntilKilled)}")
            {
                Environment = new Dictionary<string, string?> { [ChildVariable] = _folder.Path, [StoreVariable] = sink.Address },
            });
            var before = Promises().Calls.Count;
            await Eventually.Async(() => Promises().Calls.Count > before || child.HasExited, _cancel);
            child.HasExited.ShouldBeFalse(string.Join('\n', child.Lines));
            await Task.Delay(random.Next(20, 900), _cancel);
            child.Signal(Signals.Kill);
            await child.WaitForExitAsync(_cancel);
        }

        await using var heir = await TestGateway.StartAsync(_folder["spool"], sink.Address, Configuration);
        await Eventually.Async(() => heir.Status.UndeliveredCalls == 0, _cancel);

        var (calls, bodies) = Promises();
        var arrived = sink.Calls.ToLookup(c => (c.Boot, c.Sequence));
        calls.Count.ShouldBeGreaterThan(1000);
        calls.Select(c => c.Boot).Distinct().Count().ShouldBe(Rounds);
        calls.Where(c => !arrived.Contains(c)).ShouldBeEmpty();
        arrived.Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        sink.Conflicts.ShouldBeEmpty();
        bodies.Where(b => arrived[b].Single().ResponseBody.Content.Length == 0).ShouldBeEmpty();
        sink.Requests.SelectMany(r => r.Records()).Count().ShouldBeGreaterThan(sink.Calls.Count, "no batch was ever repeated: the test would prove nothing");
        heir.Status.CorruptSegments.ShouldBe(0);
    }

    /// <summary>Not a test of its own: the process that <see cref="Kill_AtRandomMoments_LosesAndDoublesNothing"/> kills.</summary>
    [Fact(Explicit = true)]
    public async Task Child_AppendsUntilKilled()
    {
        var folder = Environment.GetEnvironmentVariable(ChildVariable);
        Assert.SkipWhen(folder is null, $"it is started by {nameof(Kill_AtRandomMoments_LosesAndDoublesNothing)}, with {ChildVariable}");
        await using var gateway = await TestGateway.StartAsync(Path.Combine(folder!, "spool"), Environment.GetEnvironmentVariable(StoreVariable)!, Configuration);
        var started = TimeProvider.System.GetTimestamp();
        var sequence = 0L;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            // Unbuffered: a promise is out when the write returns.
            await using var promises = new FileStream(Path.Combine(folder!, $"promises-{thread}"), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                var mine = Interlocked.Increment(ref sequence);
                if (!gateway.Spool.AppendCall(mine, TestGateway.Record(gateway.Spool.Boot, mine), bodiesFollow: true))
                {
                    await Task.Delay(5, CancellationToken.None);
                    continue;
                }

                promises.Write(System.Text.Encoding.ASCII.GetBytes($"c {gateway.Spool.Boot} {mine}\n"));
                if (mine % 10 == 0)
                {
                    await Task.Delay(1, CancellationToken.None);
                }

                gateway.Spool.AppendBodies(mine, TestGateway.Bodies("", new string('b', 1 + (int)(mine % 2000))));
                promises.Write(System.Text.Encoding.ASCII.GetBytes($"b {gateway.Spool.Boot} {mine}\n"));
            }
        }, CancellationToken.None)));
        sequence.ShouldBe(-1, "nobody killed this process");
    }

    private (List<(string Boot, long Sequence)> Calls, List<(string Boot, long Sequence)> Bodies) Promises()
    {
        List<(string, long)> calls = [], bodies = [];
        foreach (var file in Directory.GetFiles(_folder.Path, "promises-*"))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var text = reader.ReadToEnd();
            foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = line.Split(' ');
                (parts[0] == "c" ? calls : bodies).Add((parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture)));
            }
        }

        return (calls, bodies);
    }
}
