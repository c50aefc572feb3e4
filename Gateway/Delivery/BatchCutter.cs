using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>
/// Decides what a batch holds, and writes that down before anybody can send it. What an earlier boot wrote down holds:
/// the same calls go under the same id and ordinals, so that the Store can tell what it has.
/// </summary>
internal sealed class BatchCutter(CallSpool spool, CallJoiner joiner, BatchEncoder encoder, DeliveryOptions options, TimeProvider time)
{
    /// <summary>The next batch, or null when none is due.</summary>
    /// <param name="underWay">Batches whose marks are still needed; fewer than <see cref="BatchMark.Slots"/>.</param>
    /// <param name="flush">What is ready is due now.</param>
    public Batch? TryCut(IReadOnlyCollection<Batch> underWay, bool flush)
    {
        PlacedMark mark;
        List<Batch.Run> runs = [];
        int calls;
        DateTimeOffset oldest;
        lock (spool.Reader.Gate)
        {
            joiner.Fill();
            if (joiner.Ready.Count == 0 || !IsDue(flush))
            {
                return null;
            }

            oldest = AppendedAt(joiner.First!);
            var members = joiner.First!.Mark is { } earlier ? TakeMarked(earlier) : TakeNew();
            calls = members.Count;
            mark = members[0].Mark ?? Mark(members, underWay);
            encoder.Begin();
            for (var i = 0; i < members.Count; i++)
            {
                var ordinal = members[i].Mark is null ? i : members[i].Ordinal;
                encoder.Add(members[i], new CallPosition(mark.Mark.BatchId, ordinal, mark.Mark.Sequences.Count, DateOnly.FromDayNumber(mark.Mark.DayNumber)));
                Extend(runs, members[i].Frame);
            }
        }

        spool.Flush(mark.Segment);
        return new Batch(mark, calls, runs, encoder.Finish(), oldest);
    }

    /// <summary>When a call was appended: for one of an earlier boot no sooner than this.</summary>
    public DateTimeOffset AppendedAt(PendingCall call) =>
        call.Frame.Segment.Live ? time.GetUtcNow() - time.GetElapsedTime(call.ReadAt) : call.Frame.Segment.Header.Created;

    private bool IsDue(bool flush)
    {
        var first = joiner.First!;
        if (first.Mark is { } mark)
        {
            return !joiner.MoreMayJoin(mark);
        }

        return flush
            || joiner.Ready.Count >= options.BatchCalls
            || joiner.ReadyBytes >= options.BatchBytes
            || time.GetElapsedTime(first.ReadAt) >= options.BatchWait;
    }

    private List<PendingCall> TakeMarked(PlacedMark mark)
    {
        List<PendingCall> members = [];
        while (joiner.Ready.Count > 0 && joiner.First!.Mark == mark)
        {
            members.Add(joiner.Take());
        }

        return members;
    }

    private List<PendingCall> TakeNew()
    {
        List<PendingCall> members = [];
        var boot = joiner.First!.Frame.Segment.Header.Boot;
        var (bytes, markBytes, previous) = (0L, 0, 0L);
        while (joiner.Ready.Count > 0 && members.Count < options.BatchCalls && bytes < options.BatchBytes)
        {
            var next = joiner.First!;
            markBytes += BatchMark.SizeOf(previous, next.Frame.Sequence);
            if (next.Mark is not null || next.Frame.Segment.Header.Boot != boot || markBytes > BatchMark.Capacity)
            {
                break;
            }

            members.Add(joiner.Take());
            bytes += next.Bytes;
            previous = next.Frame.Sequence;
        }

        return members;
    }

    private PlacedMark Mark(List<PendingCall> members, IReadOnlyCollection<Batch> underWay)
    {
        var segment = members[0].Frame.Segment;
        var slot = Enumerable.Range(0, BatchMark.Slots).First(slot => !underWay.Any(batch => batch.Mark.Segment == segment && batch.Mark.Slot == slot));
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
        var mark = new BatchMark(spool.Reader.NewBatchId(), today, members.ConvertAll(call => call.Frame.Sequence));
        segment.WriteMark(slot, mark);
        return new PlacedMark(mark, segment, slot);
    }

    private static void Extend(List<Batch.Run> runs, in SpoolFrame frame)
    {
        if (runs.Count > 0 && runs[^1].Segment == frame.Segment)
        {
            runs[^1] = runs[^1] with { End = frame.End, Calls = runs[^1].Calls + 1 };
        }
        else
        {
            runs.Add(new Batch.Run(frame.Segment, frame.End, 1));
        }
    }
}
