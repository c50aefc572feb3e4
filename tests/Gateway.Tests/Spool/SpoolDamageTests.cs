using KubeLens.Gateway.Spool;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Spool;

/// <summary>What a broken disk or a power cut leaves: cut files and flipped bytes.</summary>
public sealed class SpoolDamageTests : IDisposable
{
    private readonly TempFolder _folder = new("damage");

    public void Dispose() => _folder.Dispose();

    // Random histories, then random damage. Whatever comes back was appended, unchanged, in order; and every frame that the
    // damage did not touch does come back.
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Open_RandomDamage_RecoversIntactWhatItDidNotTouch(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 25; round++)
        {
            var folder = _folder[$"{seed}-{round}"];
            var appended = await AppendAsync(folder, random);
            var damage = Damage(folder, random);

            await using var spool = await TestSpool.OpenAsync(folder);
            var recovered = spool.ReadAll();

            var context = $"seed {seed} round {round}: {string.Join("; ", damage)}";
            var byPlace = appended.ToDictionary(a => (a.Kind, a.Sequence));
            var order = appended.Select((a, i) => (a, i)).ToDictionary(x => (x.a.Kind, x.a.Sequence), x => x.i);
            recovered.ShouldAllBe(r => byPlace.ContainsKey(new(r.Kind, r.Sequence)) && byPlace[new(r.Kind, r.Sequence)].Payload.SequenceEqual(r.Payload), context);
            var places = recovered.Select(r => order[new(r.Kind, r.Sequence)]).ToList();
            places.SequenceEqual(places.Distinct().Order()).ShouldBeTrue(context);

            var untouched = appended.Where(a => !damage.Any(d => d.Hits(a))).Select(a => (a.Kind, a.Sequence)).ToList();
            untouched.Except(recovered.Select(r => (r.Kind, r.Sequence))).ShouldBeEmpty(context);
            if (recovered.Count < appended.Count)
            {
                spool.Reader.Corrupt.ShouldBeGreaterThan(0, context);
            }
        }
    }

    [Fact]
    public async Task Release_DamagedSegment_IsKeptAsideAndSaidSo()
    {
        var killed = await TestSpool.OpenAsync(_folder);
        for (var i = 1; i <= 10; i++)
        {
            killed.AppendCall(i, new byte[100]);
        }

        killed.Reader.TryRead(out var third).ShouldBeTrue();
        killed.Reader.TryRead(out third).ShouldBeTrue();
        killed.Reader.TryRead(out third).ShouldBeTrue();
        killed.Crash();
        Flip(third.Segment.Path, third.Offset + 30);

        await using var spool = await TestSpool.OpenAsync(_folder);
        spool.AppendCall(1, "of the new boot"u8);
        spool.ReadAll().Select(f => f.Sequence).ShouldBe([1, 2, 4, 5, 6, 7, 8, 9, 10, 1]);
        spool.Reader.ReleaseBefore(null);

        spool.Spool.Status.CorruptSegments.ShouldBe(1);
        spool.Spool.Status.UndeliveredCalls.ShouldBe(1);
        spool.Log.Count(1203).ShouldBe(1);
        File.Exists(Path.Combine(_folder["spool"], "corrupt", Path.GetFileName(third.Segment.Path))).ShouldBeTrue();
        File.Exists(third.Segment.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task Open_HeaderDestroyed_IsKeptAsideAndTheOthersAreRead()
    {
        var killed = await TestSpool.OpenAsync(_folder);
        for (var i = 1; i <= 300; i++)
        {
            killed.AppendCall(i, new byte[1000]);
        }

        killed.Reader.TryRead(out var first).ShouldBeTrue();
        killed.Crash();
        Flip(first.Segment.Path, 20);

        await using var spool = await TestSpool.OpenAsync(_folder);

        spool.Log.Count(1204).ShouldBe(1);
        spool.Reader.Corrupt.ShouldBe(1);
        var recovered = spool.ReadAll().Select(f => f.Sequence).ToList();
        recovered.ShouldBe(Enumerable.Range(301 - recovered.Count, recovered.Count).Select(i => (long)i));
        recovered.Count.ShouldBeInRange(100, 299);
    }

    [Fact]
    public async Task Open_RubbishInTheFolder_IsLeftOrKeptAside()
    {
        Directory.CreateDirectory(_folder["spool"]);
        var cancellationToken = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(_folder["spool"], "segment-0000000000000003.spool"), "not one of ours", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder["spool"], "segment-hello.spool"), "", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder["spool"], "segment-0000000000000004.spool.tmp"), "unfinished", cancellationToken);

        await using var spool = await TestSpool.OpenAsync(_folder);

        spool.AppendCall(1, "x"u8).ShouldBeTrue();
        spool.Reader.Corrupt.ShouldBe(1);
        Directory.GetFiles(_folder["spool"], "*.tmp").ShouldBeEmpty();
        File.Exists(Path.Combine(_folder["spool"], "corrupt", "segment-0000000000000003.spool")).ShouldBeTrue();
    }

    [Fact]
    public async Task Read_PayloadThatLooksLikeAFrame_IsNotTakenForOne()
    {
        var killed = await TestSpool.OpenAsync(_folder);
        killed.AppendCall(1, new byte[64]);
        killed.Reader.TryRead(out var model).ShouldBeTrue();
        var forged = model.Segment.Bytes(model.Offset, SpoolFrame.HeaderBytes + 64).ToArray();
        killed.AppendCall(2, [.. forged[..8], .. new byte[4], .. forged[12..]]);
        killed.Crash();
        Flip(model.Segment.Path, model.End + 1); // the size of the second frame: recovery now looks for the next one byte by byte

        await using var spool = await TestSpool.OpenAsync(_folder);

        spool.ReadAll().Select(f => f.Sequence).ShouldBe([1]);
    }

    private static async Task<List<Appended>> AppendAsync(string folder, Random random)
    {
        var spool = await TestSpool.OpenAsync(folder);
        var count = random.Next(1, 300);
        for (var i = 1; i <= count; i++)
        {
            var payload = new byte[random.Next(0, random.Next(4) == 0 ? 20_000 : 600)];
            random.NextBytes(payload);
            if (random.Next(3) == 0 && i > 1)
            {
                spool.AppendBodies(-i, payload);
            }
            else
            {
                spool.AppendCall(i, payload, bodiesFollow: random.Next(2) == 0).ShouldBeTrue();
            }
        }

        List<Appended> appended = [];
        while (spool.Reader.TryRead(out var frame))
        {
            appended.Add(new(frame.Kind, frame.Sequence, frame.Payload.ToArray(), Path.GetFileName(frame.Segment.Path), frame.Offset, frame.End));
        }

        spool.Crash();
        return appended;
    }

    private static List<Hit> Damage(string folder, Random random)
    {
        List<Hit> hits = [];
        var files = Directory.GetFiles(folder, "segment-*.spool").Order(StringComparer.Ordinal).ToList();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var file = files[random.Next(files.Count)];
            var length = (int)new FileInfo(file).Length;
            if (length == 0)
            {
                continue;
            }

            var at = random.Next(length);
            if (random.Next(4) == 0)
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                stream.SetLength(at);
                hits.Add(new(Path.GetFileName(file), at, int.MaxValue));
            }
            else
            {
                Flip(file, at);
                hits.Add(new(Path.GetFileName(file), at, at + 1));
            }
        }

        return hits;
    }

    private static void Flip(string file, int at)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 0x41));
    }

    private sealed record Appended(FrameKind Kind, long Sequence, byte[] Payload, string File, int Start, int End);

    private sealed record Hit(string File, int Start, int End)
    {
        // The first bytes are the header, without which nothing of a segment can be trusted.
        public bool Hits(Appended frame) =>
            frame.File == File && ((Start < frame.End && End > frame.Start) || Start < 56 || (Start is >= 64 and < 72) || (End == int.MaxValue && Start <= SegmentHeader.DataOffset));
    }
}
