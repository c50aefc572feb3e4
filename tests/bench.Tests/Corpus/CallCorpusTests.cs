using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KubeLens.Bench.Corpus;
using KubeLens.Bench.Storage;
using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Tests.Corpus;

public sealed class CallCorpusTests
{
    private static readonly List<(string Kind, CallRecord Call)> Calls = [.. new CallCorpus(1).Take(20_000)];

    [Fact]
    public void Take_WithOneSeed_GivesTheSameCalls() => Digest(new CallCorpus(7).Take(2_000)).ShouldBe(Digest(new CallCorpus(7).Take(2_000)));

    [Fact]
    public void Take_WithAnotherSeed_GivesOtherCalls() => Digest(new CallCorpus(7).Take(2_000)).ShouldNotBe(Digest(new CallCorpus(8).Take(2_000)));

    [Fact]
    public void Take_OfManyCalls_HasTheMixOfTheCluster()
    {
        var kinds = new CallCorpus(1).Kinds;
        kinds.Sum(kind => kind.Percent).ShouldBe(100);
        foreach (var kind in kinds)
        {
            (Calls.Count(made => made.Kind == kind.Name) * 100.0 / Calls.Count).ShouldBe(kind.Percent, tolerance: 1, kind.Name);
        }

        var seconds = (Calls[^1].Call.Time - Calls[0].Call.Time).TotalSeconds;
        (Calls.Count / seconds).ShouldBe(CallCorpus.CallsPerSecond, tolerance: 6);
        Calls.Count(made => made.Call is { Resource: "leases", Verb: "update" }).ShouldBeInRange(Calls.Count / 4 - 200, Calls.Count / 4 + 200);
    }

    [Fact]
    public void Take_OfManyCalls_HasTheSizesOfTheCluster()
    {
        var line = new ArrayBufferWriter<byte>();
        using var writer = new AuditLine(line);
        foreach (var (_, call) in Calls)
        {
            writer.Write(call);
        }

        ((double)line.WrittenCount / Calls.Count).ShouldBeInRange(4_000, 6_000);
        Calls.Average(made => made.Call.RequestBody.Content.Length + made.Call.ResponseBody.Content.Length).ShouldBeInRange(2_600, 4_500);
        foreach (var text in Encoding.UTF8.GetString(line.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(3_000))
        {
            Should.NotThrow(() => JsonDocument.Parse(text), text);
        }
    }

    [Fact]
    public void Take_OfOneObject_ChangesItFromVersionToVersion()
    {
        var versions = Calls.Select(made => made.Call).Where(call => call is { Resource: "leases", Verb: "update" }).GroupBy(call => call.Object.Uid).MaxBy(g => g.Count())!.ToList();

        versions.Count.ShouldBeGreaterThan(5);
        versions.Select(call => Encoding.UTF8.GetString(call.ResponseBody.Content.Span)).Distinct().Count().ShouldBe(versions.Count);
        versions.Select(call => long.Parse(call.Object.ResourceVersion, null)).ShouldBeInOrder();
        versions.Select(call => Lease(call).GetProperty("spec").GetProperty("renewTime").GetString()).Distinct().Count().ShouldBe(versions.Count);
        versions.Select(call => Lease(call).GetProperty("metadata").GetProperty("name").GetString()).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Take_OfManyCalls_GivesEachAnIdOfItsOwn()
    {
        Calls.Select(made => made.Call.AuditId).Distinct().Count().ShouldBe(Calls.Count);
        Calls.ShouldAllBe(made => made.Call.AuditId.Version == 7);
        Calls.Count(made => made.Call.TraceId.Length > 0).ShouldBeInRange(Calls.Count / 5 - 300, Calls.Count / 5 + 300);
        Calls.Select(made => (made.Call.Position!.BatchId, made.Call.Position.Ordinal)).Distinct().Count().ShouldBe(Calls.Count);
    }

    private static JsonElement Lease(CallRecord call) => JsonDocument.Parse(call.ResponseBody.Content).RootElement;

    private static string Digest(IEnumerable<(string Kind, CallRecord Call)> calls)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (kind, call) in calls)
        {
            sha.AppendData(Encoding.UTF8.GetBytes($"{kind} {call.Time:O} {call.AuditId} {call.User} {call.TraceId} {call.Path} {call.Query} {call.LatencyUs}"));
            sha.AppendData(call.RequestBody.Content.Span);
            sha.AppendData(call.ResponseBody.Content.Span);
        }

        return Convert.ToHexString(sha.GetHashAndReset());
    }
}
