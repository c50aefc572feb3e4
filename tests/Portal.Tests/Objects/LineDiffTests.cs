using KubeLens.Portal.Objects;

namespace KubeLens.Portal.Tests.Objects;

public sealed class LineDiffTests
{
    [Fact]
    public void Lines_OneChanged_StandBesideTheirNumbersAndNeighbours()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20)) + "\n";
        var after = before.Replace("\n10\n", "\nten\n", StringComparison.Ordinal);
        var lines = LineDiff.Of(before, after, isWhole: false)!;
        lines.Select(line => (line.Kind, line.Before, line.After, line.Text, line.Count)).ShouldBe(
        [
            (DiffKind.Folded, null, null, "", 6),
            (DiffKind.Same, 7, 7, "7", 0), (DiffKind.Same, 8, 8, "8", 0), (DiffKind.Same, 9, 9, "9", 0),
            (DiffKind.Gone, 10, null, "10", 0), (DiffKind.Come, null, 10, "ten", 0),
            (DiffKind.Same, 11, 11, "11", 0), (DiffKind.Same, 12, 12, "12", 0), (DiffKind.Same, 13, 13, "13", 0),
            (DiffKind.Folded, null, null, "", 7),
        ]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lines_OfRandomTexts_MakeBothTextsAgain(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            string before = Text(), after = Text();
            var lines = LineDiff.Of(before, after, isWhole: true)!;
            string.Join('\n', lines.Where(line => line.Before is not null).Select(line => line.Text)).ShouldBe(before);
            string.Join('\n', lines.Where(line => line.After is not null).Select(line => line.Text)).ShouldBe(after);
            lines.Where(line => line.Before is not null).Select(line => line.Before!.Value).ShouldBe(Enumerable.Range(1, Count(before)));
            lines.Where(line => line.After is not null).Select(line => line.After!.Value).ShouldBe(Enumerable.Range(1, Count(after)));
            LineDiff.Of(before, after, isWhole: false)!.Sum(line => Math.Max(1, line.Count)).ShouldBe(lines.Count);
        }

        string Text() => string.Join('\n', Enumerable.Range(0, random.Next(12)).Select(_ => "abc"[random.Next(3)]));
        static int Count(string text) => text.Length == 0 ? 0 : text.Split('\n').Length;
    }

    [Fact]
    public void Lines_TooMany_AreNotCompared()
        => LineDiff.Of("a", string.Concat(Enumerable.Repeat("x\n", LineDiff.MostLines + 1)), isWhole: false).ShouldBeNull();
}
