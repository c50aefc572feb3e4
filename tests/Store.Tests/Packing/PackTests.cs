using Google.Protobuf;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Tests.Packing;

public sealed class PackTests
{
    [Fact]
    public void Calls_OfManyBlocks_AreEachWhereTheWriterSaid()
    {
        var writer = new PackWriter(9, 4);
        var random = new Random(3);
        var calls = Enumerable.Range(0, 60).Select(i =>
        {
            var body = new byte[random.Next(0, 100_000)];
            random.NextBytes(body);
            return new StoredCall { UserSource = $"call {i}", RequestBody = new StoredBody { Content = ByteString.CopyFrom(body) } };
        }).ToList();

        var places = calls.ConvertAll(call => writer.Add(call, new DateOnly(2026, 12, 1)));
        var packs = writer.Finish();

        packs.Count.ShouldBeGreaterThan(2);
        packs.Select(p => p.Seq).ShouldBe(Enumerable.Range(4, packs.Count).Select(s => (short)s));
        packs.Sum(p => p.Calls).ShouldBe(60);
        foreach (var (call, place) in calls.Zip(places))
        {
            var pack = packs.Single(p => p.Seq == place.Seq);
            PackReader.Read(PackCodec.Decompress(pack.Codec, pack.Data, pack.RawLength), place.Ord).ShouldBe(call);
        }
    }

    [Fact]
    public void Calls_OfTwoDropDays_AreInPacksOfTheirOwn()
    {
        var writer = new PackWriter(9, 0);
        DateOnly[] days = [new(2026, 12, 1), new(2026, 12, 1), new(2027, 12, 1)];

        var places = days.Select(day => writer.Add(new StoredCall(), day)).ToList();

        places.ShouldBe([(0, 0), (0, 1), (1, 0)]);
        writer.Finish().Select(pack => (pack.Seq, pack.Calls, pack.DropDay)).ShouldBe([(0, 2, days[0]), (1, 1, days[2])]);
    }

    [Fact]
    public void Pack_Damaged_IsAnErrorNotGarbage()
    {
        var packed = PackCodec.Compress("some text, some text, some text"u8);

        Should.Throw<InvalidDataException>(() => PackCodec.Decompress(PackCodec.Brotli, packed.AsSpan(0, packed.Length - 3), 31));
        Should.Throw<InvalidDataException>(() => PackCodec.Decompress(PackCodec.Brotli, packed, 30));
        Should.Throw<InvalidDataException>(() => PackCodec.Decompress(99, packed, 31)).Message.ShouldContain("99");
    }
}
