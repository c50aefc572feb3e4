using System.Runtime.Versioning;
using System.Text;
using KubeLens.Gateway.Spool;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class CallSpoolTests : IDisposable
{
    private readonly TempFolder _folder = new("spool");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_Appended_IsReadInOrderWithItsBytes()
    {
        await using var spool = await TestSpool.OpenAsync(_folder);

        spool.AppendCall(1, "first"u8, bodiesFollow: true).ShouldBeTrue();
        spool.AppendCall(2, [], bodiesFollow: false).ShouldBeTrue();
        spool.AppendBodies(1, "bodies"u8);

        var frames = spool.ReadAll();
        frames.Select(f => (f.Kind, f.Sequence, Encoding.UTF8.GetString(f.Payload))).ShouldBe(
        [
            (FrameKind.CallWithBodies, 1, "first"),
            (FrameKind.Call, 2, ""),
            (FrameKind.Bodies, 1, "bodies"),
        ]);
    }

    [Fact]
    public async Task Append_ByManyThreadsOverManySegments_LosesAndMixesNothing()
    {
        await using var spool = await TestSpool.OpenAsync(_folder);
        using var supply = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var supplying = Task.Run(async () =>
        {
            while (!supply.IsCancellationRequested)
            {
                spool.Spool.Supply.Refill();
                await Task.Yield();
            }
        }, CancellationToken.None);

        const int Threads = 8, Each = 1500;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var sequence = thread * Each + i;
                while (!spool.Spool.AppendCall(sequence, Payload(sequence), bodiesFollow: false))
                {
                    await Task.Yield();
                }
            }
        }, TestContext.Current.CancellationToken)));
        await supply.CancelAsync();
        await supplying;

        var frames = spool.ReadAll();
        frames.Count.ShouldBe(Threads * Each);
        frames.Select(f => f.Sequence).Distinct().Count().ShouldBe(Threads * Each);
        frames.ShouldAllBe(f => f.Payload.SequenceEqual(Payload(f.Sequence)));
        spool.Spool.Status.Segments.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Open_AfterACrash_FindsWhatWasAppended()
    {
        var killed = await TestSpool.OpenAsync(_folder);
        for (var i = 1; i <= 500; i++)
        {
            killed.AppendCall(i, Payload(i)).ShouldBeTrue();
        }

        killed.Crash();
        await using var spool = await TestSpool.OpenAsync(_folder);

        spool.Spool.Status.UndeliveredCalls.ShouldBe(500);
        spool.AppendCall(1, "of the new boot"u8);
        var frames = spool.ReadAll();
        frames.Take(500).Select(f => f.Sequence).ShouldBe(Enumerable.Range(1, 500).Select(i => (long)i));
        frames.Take(500).ShouldAllBe(f => f.Payload.SequenceEqual(Payload(f.Sequence)));
        frames[500].Payload.ShouldBe("of the new boot"u8.ToArray());
        frames[500].Boot.ShouldNotBe(frames[0].Boot);
        spool.Reader.Corrupt.ShouldBe(0);
    }

    [Fact]
    public async Task Open_AfterSomeWereDelivered_FindsTheRest()
    {
        var killed = await TestSpool.OpenAsync(_folder);
        for (var i = 1; i <= 10; i++)
        {
            killed.AppendCall(i, Payload(i));
        }

        for (var i = 1; i <= 4; i++)
        {
            killed.Reader.TryRead(out var frame).ShouldBeTrue();
            killed.Reader.Advance(frame.Segment, frame.End, 1);
        }

        killed.Crash();
        await using var spool = await TestSpool.OpenAsync(_folder);

        spool.Spool.Status.UndeliveredCalls.ShouldBe(6);
        spool.ReadAll().Select(f => f.Sequence).ShouldBe([5, 6, 7, 8, 9, 10]);
    }

    [Fact]
    public async Task Close_EverythingDelivered_LeavesNoSegments()
    {
        var spool = await TestSpool.OpenAsync(_folder);
        spool.AppendCall(1, "x"u8);
        spool.Reader.TryRead(out var frame).ShouldBeTrue();
        spool.Reader.Advance(frame.Segment, frame.End, 1);

        await spool.CloseAsync();

        Directory.GetFiles(_folder["spool"]).Select(Path.GetFileName).ShouldBe(["lease"]);
    }

    [Fact]
    public async Task ReleaseBefore_DeliveredSegments_AreDeletedOldestFirst()
    {
        await using var spool = await TestSpool.OpenAsync(_folder);
        for (var i = 1; i <= 1000; i++)
        {
            spool.AppendCall(i, new byte[1000]).ShouldBeTrue();
        }

        spool.ReadAll();
        var before = spool.Spool.Status.Segments;
        spool.Reader.ReleaseBefore(null);

        before.ShouldBeGreaterThan(5);
        spool.Spool.Status.Segments.ShouldBe(1);
        Directory.GetFiles(_folder["spool"], "segment-*").Length.ShouldBe(1 + SegmentChain.WantedSpares);
    }

    [Fact]
    public async Task Append_ClosedSpool_IsRefusedAndCounted()
    {
        var spool = await TestSpool.OpenAsync(_folder);
        await spool.CloseAsync();

        spool.Spool.AppendCall(1, "x"u8, bodiesFollow: false).ShouldBeFalse();
        spool.Spool.AppendBodies(1, "x"u8);

        spool.Spool.Drops.CallsBy(SpoolDropReason.Closed).ShouldBe(1);
        spool.Spool.Drops.BodiesBy(SpoolDropReason.Closed).ShouldBe(1);
    }

    [Fact]
    public async Task Append_LargerThanASegment_IsCountedAndBodiesLeaveANote()
    {
        await using var spool = await TestSpool.OpenAsync(_folder);
        var large = new byte[TestSpool.SegmentBytes];

        spool.AppendCall(1, large).ShouldBeFalse();
        spool.AppendCall(2, "fits"u8, bodiesFollow: true).ShouldBeTrue();
        spool.AppendBodies(2, large);

        spool.Spool.Drops.CallsBy(SpoolDropReason.TooLarge).ShouldBe(1);
        spool.Spool.Drops.BodiesBy(SpoolDropReason.TooLarge).ShouldBe(1);
        var frames = spool.ReadAll();
        frames.Select(f => (f.Kind, f.Sequence)).ShouldBe([(FrameKind.CallWithBodies, 2L), (FrameKind.Bodies, 2L)]);
        frames[1].Payload.ShouldBe(CallSpool.NoteOf(Contracts.Calls.CallBodyNote.Dropped));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Open_FilesAndFolders_AreForThisUserAlone()
    {
        Directory.CreateDirectory(_folder["spool"], (UnixFileMode)0b111_111_101);

        await using var spool = await TestSpool.OpenAsync(_folder);

        File.GetUnixFileMode(_folder["spool"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(_folder["spool"]).Length.ShouldBeGreaterThan(1);
        Directory.GetFiles(_folder["spool"]).ShouldAllBe(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("Never")]
    [InlineData("Interval")]
    [InlineData("Always")]
    public async Task Append_UnderEachFsyncPolicy_IsThere(string policy)
    {
        await using var spool = await TestSpool.OpenAsync(_folder, options => options.Fsync = Enum.Parse<FsyncPolicy>(policy));

        spool.AppendCall(1, "x"u8).ShouldBeTrue();
        spool.Spool.Flush();

        spool.ReadAll().Count.ShouldBe(1);
        spool.Log.All.ShouldNotContain(line => line.Id == 1210);
    }

    internal static byte[] Payload(long sequence)
    {
        var bytes = new byte[20 + sequence * 37 % 900];
        new Random((int)sequence).NextBytes(bytes);
        return bytes;
    }
}
