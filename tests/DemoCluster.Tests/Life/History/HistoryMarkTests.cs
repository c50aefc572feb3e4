using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Life.History;
using KubeLens.Testing;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Tests.Life.History;

public sealed class HistoryMarkTests : IDisposable
{
    private readonly TempFolder _home = new();
    private readonly HistoryMark _mark;

    public HistoryMarkTests() => _mark = new HistoryMark(Options.Create(new DemoClusterOptions { Home = _home.Path }));

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Read_Written_IsTheSameMoment()
    {
        var now = TimeProvider.System.GetUtcNow();
        _mark.Write(now);

        _mark.Read().ShouldBe(now);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    public void Read_NothingOrNonsense_RecordsEverything(string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(_home["recorded-until"], text);
        }

        _mark.Read().ShouldBe(DateTimeOffset.MinValue);
    }
}
