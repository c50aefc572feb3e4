using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Tests.Processes;

public sealed class LinePumpTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one\ntwo\r\n", new[] { "one", "two" })]
    [InlineData("\n\nlast", new[] { "", "", "last" })]
    public async Task Run_Text_IsHandedOnByLine(string text, string[] expected)
    {
        var lines = new List<string>();

        await LinePump.RunAsync(new StringReader(text), lines.Add);

        lines.ShouldBe(expected);
    }

    [Fact]
    public async Task Run_LineWithoutEnd_IsCut()
    {
        var lines = new List<string>();

        await LinePump.RunAsync(new StringReader(new string('x', LinePump.LongestLine * 2 + 1)), lines.Add);

        lines.Select(line => line.Length).ShouldBe([LinePump.LongestLine, LinePump.LongestLine, 1]);
    }
}
