using System.Buffers;
using KubeLens.Gateway.Capture;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Capture;

public sealed class BodyCaptureTests
{
    private static readonly byte[] Alphabet = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31 + (i >> 8)))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(50_000)]
    public void Kept_AfterAppendsOfAnySize_IsTheFirstBytesUpToTheCap(int cap)
    {
        foreach (var piece in new[] { 1, 7, 4096, 20_000, Alphabet.Length })
        {
            using var capture = new BodyCapture(cap, Budget());
            for (var at = 0; at < Alphabet.Length; at += piece)
            {
                capture.Append(Alphabet.AsSpan(at, Math.Min(piece, Alphabet.Length - at)));
            }

            capture.Kept().ToArray().ShouldBe(Alphabet[..cap]);
            capture.Total.ShouldBe(Alphabet.Length);
            capture.Truncated.ShouldBeTrue();
        }
    }

    [Fact]
    public void Truncated_WhenAllFits_IsFalse()
    {
        using var capture = new BodyCapture(Alphabet.Length, Budget());
        capture.Append(Alphabet);

        capture.Truncated.ShouldBeFalse();
        capture.Kept().ToArray().ShouldBe(Alphabet);
    }

    [Fact]
    public void Append_WhenTheBudgetIsSpent_StarvesAndGoesOnCounting()
    {
        var budget = Budget(32 * 1024);
        using var first = new BodyCapture(30_000, budget);
        using var second = new BodyCapture(30_000, budget);
        first.Append(Alphabet);
        second.Append(Alphabet);

        second.Starved.ShouldBeTrue();
        second.Truncated.ShouldBeFalse();
        second.Total.ShouldBe(Alphabet.Length);
    }

    [Fact]
    public void Dispose_GivesEveryByteOfTheBudgetBack()
    {
        var budget = Budget();
        var capture = new BodyCapture(50_000, budget);
        capture.Append(Alphabet);
        budget.Taken.ShouldBeGreaterThan(0);

        capture.Dispose();
        capture.Dispose();

        budget.Taken.ShouldBe(0);
        capture.Kept().IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Streams_ThatTakeAllTheyCan_LeaveHalfToOtherCalls()
    {
        var budget = Budget(1024 * 1024);
        var watches = Enumerable.Range(0, 100).Select(_ => new BodyCapture(64 * 1024, budget.Streams)).ToList();
        watches.ForEach(watch => watch.Append(Alphabet));
        using var other = new BodyCapture(Alphabet.Length, budget);
        other.Append(Alphabet);

        other.Kept().ToArray().ShouldBe(Alphabet);
        watches.ShouldContain(watch => watch.Starved);
        budget.Streams.Taken.ShouldBeInRange(400 * 1024, 512 * 1024);
        watches.ForEach(watch => watch.Dispose());
        budget.Streams.Taken.ShouldBe(0);
        other.Dispose();
        budget.Taken.ShouldBe(0);
    }

    private static CaptureBudget Budget(long bytes = 16 * 1024 * 1024) => new(Options.Create(new CaptureOptions { BufferBytes = bytes }));
}
