using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class BatchMarkTests
{
    [Theory]
    [InlineData(new long[] { 1 })]
    [InlineData(new long[] { 5, 4, 6, 1_000_000, 3, long.MaxValue, 0, long.MinValue })]
    public void Mark_Written_ReadsBackTheSame(long[] sequences)
    {
        var slot = new byte[BatchMark.SlotBytes];
        new BatchMark(77L << 32, 739_000, sequences).Write(slot);

        var mark = BatchMark.Read(slot).ShouldNotBeNull();

        (mark.BatchId, mark.DayNumber).ShouldBe((77L << 32, 739_000));
        mark.Sequences.ShouldBe(sequences);
    }

    [Fact]
    public void Mark_OfWhatFitsByItsSizes_FitsItsSlot()
    {
        List<long> sequences = [];
        var (size, previous, random) = (0, 0L, new Random(4));
        while (true)
        {
            var next = random.NextInt64(long.MinValue, long.MaxValue);
            size += BatchMark.SizeOf(previous, next);
            if (size > BatchMark.Capacity)
            {
                break;
            }

            sequences.Add(previous = next);
        }

        var slot = new byte[BatchMark.SlotBytes];
        new BatchMark(1L << 32, 1, sequences).Write(slot);

        BatchMark.Read(slot).ShouldNotBeNull().Sequences.ShouldBe(sequences);
    }

    [Fact]
    public void Mark_OfTwoThousandNeighbours_FitsItsSlot() =>
        Enumerable.Range(0, 2000).Sum(i => BatchMark.SizeOf(i * 50L, (i + 1) * 50L)).ShouldBeLessThan(BatchMark.Capacity);

    [Fact]
    public void Read_EveryFlippedByte_IsNoMark()
    {
        var slot = new byte[BatchMark.SlotBytes];
        new BatchMark(1L << 40, 739_000, [1, 2, 3]).Write(slot);
        for (var at = 0; at < 27; at++)
        {
            var damaged = slot.ToArray();
            damaged[at] ^= 0x10;
            BatchMark.Read(damaged).ShouldBeNull($"byte {at}");
        }
    }

    [Fact]
    public void BatchIds_OfOneBoot_ArePositiveAndRising()
    {
        var boots = Enumerable.Range(0, 1000).Select(_ => SpoolBoot.New()).ToList();

        boots.ShouldAllBe(boot => boot.BatchBase > 0 && (boot.BatchBase & uint.MaxValue) == 0);
        boots.Select(boot => boot.Id).Distinct().Count().ShouldBe(1000);
        CallPosition.MaxBatchSize.ShouldBeGreaterThanOrEqualTo(2000);
    }
}
