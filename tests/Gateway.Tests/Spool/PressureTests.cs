using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Spool;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class PressureTests : IDisposable
{
    private const int Segments = 10;

    private readonly TempFolder _folder = new("pressure");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DropBodies_FillingUp_BodiesGoFirstThenCalls()
    {
        await using var spool = await OpenAsync(PressurePolicy.DropBodies);
        var note = CallSpool.NoteOf(CallBodyNote.Dropped);
        var (accepted, firstRefused) = (0, 0);
        for (var i = 1; firstRefused == 0; i++)
        {
            if (spool.AppendCall(i, new byte[500], bodiesFollow: true))
            {
                accepted++;
                spool.AppendBodies(i, new byte[1500]);
            }
            else
            {
                firstRefused = i;
            }
        }

        var status = spool.Spool.Status;
        status.HasRoom.ShouldBeFalse();
        status.BodiesGiveWay.ShouldBeTrue();
        status.FileBytes.ShouldBeLessThanOrEqualTo(Segments * TestSpool.SegmentBytes);
        spool.Spool.Drops.BodiesBy(SpoolDropReason.Pressure).ShouldBeGreaterThan(100);
        spool.Spool.Drops.CallsBy(SpoolDropReason.Full).ShouldBe(1);
        var frames = spool.ReadAll();
        frames.Count(f => f.Kind == FrameKind.CallWithBodies).ShouldBe(accepted);
        var bodies = frames.Where(f => f.Kind == FrameKind.Bodies).ToList();
        bodies.First().Payload.Length.ShouldBe(1500);
        bodies.SkipLast(2).Last().Payload.ShouldBe(note);
    }

    [Fact]
    public async Task DropBodies_RoomAgainAfterDelivery_TakesCallsAgain()
    {
        await using var spool = await OpenAsync(PressurePolicy.DropBodies);
        var i = 0;
        while (spool.AppendCall(++i, new byte[2000]))
        {
        }

        spool.ReadAll();
        spool.Reader.ReleaseBefore(null);
        spool.Spool.Supply.Refill();

        spool.AppendCall(++i, new byte[2000]).ShouldBeTrue();
        spool.Spool.Status.BodiesGiveWay.ShouldBeFalse();
    }

    [Fact]
    public async Task DropOldest_FillingUp_KeepsTheNewestAndCountsTheRest()
    {
        await using var spool = await OpenAsync(PressurePolicy.DropOldest);
        const int Calls = 3000;
        for (var i = 1; i <= Calls; i++)
        {
            spool.AppendCall(i, new byte[1000]).ShouldBeTrue();
        }

        var kept = spool.ReadAll().Select(f => f.Sequence).ToList();

        kept.ShouldBe(Enumerable.Range(Calls - kept.Count + 1, kept.Count).Select(i => (long)i));
        spool.Spool.Drops.CallsBy(SpoolDropReason.Oldest).ShouldBe(Calls - kept.Count);
        spool.Spool.Status.UndeliveredCalls.ShouldBe(kept.Count);
        spool.Spool.Status.FileBytes.ShouldBeLessThanOrEqualTo(Segments * TestSpool.SegmentBytes);
        spool.Log.Count(1207).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Refuse_FillingUp_KeepsBodiesAndRefusesCalls()
    {
        await using var spool = await OpenAsync(PressurePolicy.Refuse);
        var i = 0;
        while (spool.AppendCall(++i, new byte[500], bodiesFollow: true))
        {
            spool.AppendBodies(i, new byte[1500]);
        }

        spool.Spool.HasRoom.ShouldBeFalse();
        spool.Spool.Drops.BodiesBy(SpoolDropReason.Pressure).ShouldBe(0);
        spool.Spool.Drops.Bodies.ShouldBeLessThanOrEqualTo(1);
        spool.ReadAll().Count(f => f.Kind == FrameKind.CallWithBodies).ShouldBe(i - 1);
    }

    private Task<TestSpool> OpenAsync(PressurePolicy policy) => TestSpool.OpenAsync(_folder, options =>
    {
        options.MaxBytes = Segments * TestSpool.SegmentBytes;
        options.OnPressure = policy;
    });
}
