using KubeLens.Gateway.Spool;
using KubeLens.Gateway.Tests.Delivery;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class DiskFullTests
{
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_DiskFull_DropsCountedSaysItOnceAndRecovers()
    {
        await using var disk = await SmallDisk.MountAsync(1024, _cancel);
        await using var spool = await TestSpool.OpenAsync(Path.Combine(disk.Path, "spool"));
        var accepted = 0;
        while (spool.AppendCall(accepted + 1, new byte[5000]))
        {
            accepted++;
        }

        for (var i = 0; i < 10; i++)
        {
            spool.AppendCall(100_000 + i, new byte[5000]).ShouldBeFalse();
            spool.Spool.Supply.Refill();
        }

        spool.Spool.Status.IsWritable.ShouldBeFalse();
        spool.Spool.HasRoom.ShouldBeFalse();
        spool.Spool.Drops.CallsBy(SpoolDropReason.Unwritable).ShouldBe(11);
        spool.Log.Count(1201).ShouldBe(1);

        spool.ReadAll().Select(f => f.Sequence).ShouldBe(Enumerable.Range(1, accepted).Select(i => (long)i));
        spool.Reader.ReleaseBefore(null);

        // What was delivered is unmapped in the background, and only then the disk has room again.
        await Eventually.Async(
            () =>
            {
                spool.Spool.Supply.Refill();
                return spool.AppendCall(200_000, new byte[5000]);
            },
            _cancel);
        spool.Spool.Status.IsWritable.ShouldBeTrue();
        spool.Log.Count(1202).ShouldBe(1);
    }

    [Fact]
    public async Task Open_DiskFull_StartsWithoutRecordingAndRecovers()
    {
        await using var disk = await SmallDisk.MountAsync(1024, _cancel);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1000 * 1024], _cancel);

        await using var spool = await TestSpool.OpenAsync(Path.Combine(disk.Path, "spool"));
        spool.AppendCall(1, "x"u8).ShouldBeFalse();
        spool.Spool.Status.IsWritable.ShouldBeFalse();

        File.Delete(ballast);
        spool.Spool.Supply.Refill();

        spool.AppendCall(2, "y"u8).ShouldBeTrue();
        spool.ReadAll().Select(f => f.Sequence).ShouldBe([2]);
    }

    // Delivery must not need the disk: it is what makes room.
    [Fact]
    public async Task Deliver_DiskFull_DeliversEverythingAndTakesCallsAgain()
    {
        await using var disk = await SmallDisk.MountAsync(5 * 1024, _cancel);
        await using var sink = await StoreSink.StartAsync();
        var away = true;
        sink.Before = (_, _) => Task.FromResult(Volatile.Read(ref away) ? Results.StatusCode(503) : null);
        await using var gateway = await TestGateway.StartAsync(Path.Combine(disk.Path, "spool"), sink.Address, ("Delivery:BatchCalls", "20"));
        var accepted = 0L;
        await Eventually.Async(
            () =>
            {
                while (gateway.Call(accepted + 1, "", new string('x', 3000)))
                {
                    accepted++;
                }

                return !gateway.Status.IsWritable;
            },
            _cancel);

        Volatile.Write(ref away, false);

        await Eventually.Async(() => gateway.Status is { UndeliveredCalls: 0, IsWritable: true }, _cancel);
        sink.Calls.Select(c => c.Sequence).Order().ShouldBe(Enumerable.Range(1, (int)accepted).Select(i => (long)i));
        await Eventually.Async(() => gateway.Call(accepted + 1), _cancel);
    }
}
