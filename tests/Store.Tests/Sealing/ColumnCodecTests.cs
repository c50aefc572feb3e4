using KubeLens.Store.Database;
using KubeLens.Store.Sealing;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Tests.Sealing;

public sealed class ColumnCodecTests
{
    private static readonly string[] Hostile = ["", " ", "\u0001", "\u0001a", "a\nb", "wéb", "語-1", "😀", "quo\"te\\", new string('x', 16_000), "%_*?", "'; drop table call; --", "\uFFFD", "\u202E"];
    private static readonly long[] Extremes = [0, -1, 1, long.MinValue, long.MaxValue, int.MinValue, int.MaxValue, short.MinValue, short.MaxValue, 0x7f, 0x80, -0x80];

    public static TheoryData<int, int> Sizes => [.. from seed in Enumerable.Range(1, 4) from size in (int[])[1, 2, 7, 300, 4_096] select (seed, size)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decode_OfEncodedRows_GivesTheRows(int seed, int size)
    {
        var rows = Rows(new Random(seed), size);

        var row = ChunkRow.Of(rows);
        var chunk = Chunk(row);

        row.Offsets.Length.ShouldBe(ChunkColumns.All.Count + 1);
        for (var i = 0; i < size; i++)
        {
            Describe(chunk.Row(i)).ShouldBe(Describe(rows[i]), $"row {i}");
            chunk.Row(i).Segment.ShouldBe(7);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decode_OfSomeRows_GivesThose(int seed, int size)
    {
        var random = new Random(seed);
        var rows = Rows(random, size);
        var row = ChunkRow.Of(rows);
        int[] places = [.. Enumerable.Range(0, size).Where(_ => random.Next(3) == 0)];

        var chunk = SealedChunk.Of(7, row.Calls, row.Offsets, row.Data, places);

        chunk.Calls.ShouldBe(places.Length);
        Enumerable.Range(0, places.Length).Select(i => Describe(chunk.Row(i))).ShouldBe(places.Select(place => Describe(rows[place])));
    }

    [Fact]
    public void Columns_OfAChunk_AreThoseOfTheTable() => ChunkColumns.All.Select(column => column.Name).ShouldBe(CallColumns.All.Split(", "));

    [Fact]
    public void Decode_OfAChunkWithoutItsLastColumns_GivesWhatOlderRowsHave()
    {
        var rows = Rows(new Random(3), 5);
        var row = ChunkRow.Of(rows);
        var older = ChunkColumns.NumberOf("uid");

        var chunk = new SealedChunk(7, row.Calls, i => i < older ? SealedChunk.ColumnOf(row.Offsets, row.Data, i) : default);

        chunk.Row(2).ShouldSatisfyAllConditions(call => call.Uid.ShouldBeNull(), call => call.ResourceVersion.ShouldBe(""), call => call.OptionsId.ShouldBeNull(), call => call.Name.ShouldBe(rows[2].Name));
    }

    [Fact]
    public void Decode_OfDamagedBytes_FailsWithAReason()
    {
        var rows = Rows(new Random(5), 200);
        var row = ChunkRow.Of(rows);
        var random = new Random(6);
        var failed = 0;
        for (var i = 0; i < 300; i++)
        {
            var damaged = row with { Data = [.. row.Data] };
            damaged.Data[random.Next(damaged.Data.Length)] ^= (byte)random.Next(1, 256);
            try
            {
                _ = Enumerable.Range(0, row.Calls).Select(Chunk(damaged).Row).ToList();
            }
            catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException)
            {
                failed++;
            }
        }

        failed.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Bloom_OfRows_HasAllOfTheirValuesAndFewOthers()
    {
        var rows = Rows(new Random(8), 2_000);
        var bloom = ChunkBloom.Of(rows);

        rows.ShouldAllBe(row => row.AuditId == null || ChunkBloom.Has(bloom, "audit_id", row.AuditId.Value.ToString("N")));
        rows.ShouldAllBe(row => row.Name.Length == 0 || ChunkBloom.Has(bloom, "name", row.Name));
        rows.ShouldAllBe(row => ChunkBloom.Has(bloom, "batch_id", $"{row.BatchId}"));
        Enumerable.Range(0, 2_000).Count(i => ChunkBloom.Has(bloom, "name", $"nobody-{i}")).ShouldBeLessThan(60);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Narrow_OfAWideSpanId_IsTheSpanId(long span) => ChunkColumns.Narrow(ChunkColumns.Wide(span)).ShouldBe(span);

    private static SealedChunk Chunk(ChunkRow row) => new(7, row.Calls, i => SealedChunk.ColumnOf(row.Offsets, row.Data, i));

    private static string Describe(Call call) => string.Join('|', typeof(Call).GetProperties().Where(p => p.Name is not (nameof(Call.Segment) or nameof(Call.DimIds))).Select(p => $"{p.Name}={(p.GetValue(call) is DateTime time ? time.Ticks : p.GetValue(call))}"));

    // Some columns are alike in all rows, some in none, as the random bits say.
    private static List<Call> Rows(Random random, int count)
    {
        var (ids, shape) = (Enumerable.Range(0, 3).Select(_ => Id(random)).ToArray(), random.Next());
        long Long(int column) => ((shape >> (column % 30)) & 1, random.Next(4)) switch { (1, 0) => Extremes[random.Next(Extremes.Length)], (1, _) => random.NextInt64(), (_, 0) => column, _ => random.Next(5) };
        int Int(int column) => unchecked((int)Long(column));
        short Short(int column) => unchecked((short)Long(column));
        string Text() => random.Next(3) == 0 ? Hostile[random.Next(Hostile.Length)] : $"web-{random.Next(50)}";
        Guid? Maybe() => random.Next(3) switch { 0 => null, 1 => ids[random.Next(ids.Length)], _ => random.Next(5) == 0 ? Guid.Empty : Id(random) };
        return
        [
            .. Enumerable.Range(0, count).Select(i => new Call
            {
                At = DateTime.UnixEpoch.AddTicks(random.NextInt64(-1_000_000, 4_000_000_000_000_000) * TimeSpan.TicksPerMicrosecond),
                BatchId = Long(1),
                Ord = Short(2),
                Sequence = Long(3),
                AuditId = Maybe(),
                TraceId = Maybe(),
                SpanId = random.Next(3) == 0 ? null : Extremes[random.Next(Extremes.Length)],
                LatencyUs = Long(4),
                RequestBytes = Long(5),
                ResponseBytes = Long(6),
                UserId = Int(7),
                ImpersonatedUserId = Int(8),
                CallerId = Int(9),
                UserAgentId = Int(10),
                AddressId = Int(11),
                NamespaceId = Int(12),
                ResourceId = Int(13),
                VerbId = Int(14),
                MethodId = Int(15),
                ReasonId = Int(16),
                ClusterId = Int(17),
                GatewayId = Int(18),
                Status = Short(19),
                Outcome = Short(20),
                Flags = (CallFlags)Int(21),
                PackSeq = Short(22),
                PackOrd = Short(23),
                DropDay = DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1)),
                Name = Text(),
                Path = Text(),
                Query = Text(),
                ClientTlsId = Int(24),
                PeerId = Int(25),
                UpstreamUs = Long(26),
                WorkloadId = Int(27),
                Uid = Maybe(),
                ResourceVersion = random.Next(2) == 0 ? $"{random.Next()}" : Text(),
                Session = Maybe(),
                OptionsId = random.Next(2) == 0 ? null : random.Next(),
                WarningsId = random.Next(2) == 0 ? null : random.Next(2) * int.MaxValue,
            }),
        ];
    }

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
