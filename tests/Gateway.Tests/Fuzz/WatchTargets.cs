using System.Text.Json;
using KubeLens.Gateway.Tests.Capture.Watches;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>
/// Answers of watches. The first byte of an input says in which encoding, the second where it is cut. Whatever is sent, the readers end without a fault
/// of their own, and one cut more makes no difference.
/// </summary>
internal static class WatchTargets
{
    private static readonly string[] Encodings = [WatchHarness.Json, WatchHarness.Protobuf, WatchHarness.Cbor];
    private static readonly byte[][][] Corpora =
    [
        [WatchHarness.Lines(WatchHarness.Sample), .. WatchHarness.Sample.Select(e => WatchHarness.Lines(e))],
        [[.. WatchHarness.Frame("ADDED", WatchHarness.Pod("a", "1")), .. WatchHarness.Frame("ERROR", WatchHarness.Expired), .. WatchHarness.Frame("BOOKMARK", WatchHarness.Pod("", "2"))]],
        [WatchHarness.CborOf(WatchHarness.Sample), .. WatchHarness.Sample.Select(e => WatchHarness.CborOf(e))],
    ];

    public static IEnumerable<FuzzTarget> All()
    {
        yield return new FuzzTarget(
            "watchevents",
            random =>
            {
                var encoding = random.Next(Encodings.Length);
                return [(byte)encoding, (byte)random.Next(256), .. FuzzMutator.Mutate(Corpora[encoding], random)];
            },
            input =>
            {
                if (input.Length > 2)
                {
                    var whole = Read(input, input.Length);
                    Read(input, 1 + input[1]).ShouldBe(whole);
                }
            });
    }

    private static string Read(byte[] input, int size)
    {
        var watch = WatchHarness.Read(Encodings[input[0] % Encodings.Length], input[2..], size);
        watch.Uncounted.ShouldNotContain("failed");
        (watch.AddedBytes + watch.ModifiedBytes + watch.DeletedBytes + watch.BookmarkBytes + watch.ErrorBytes + watch.UnknownBytes).ShouldBeLessThanOrEqualTo(input.Length);
        return JsonSerializer.Serialize(watch);
    }
}
