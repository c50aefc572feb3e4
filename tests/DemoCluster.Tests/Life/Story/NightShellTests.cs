using KubeLens.DemoCluster.Life.Story;

namespace KubeLens.DemoCluster.Tests.Life.Story;

public sealed class NightShellTests
{
    [Theory]
    [InlineData("2026-11-24T12:00:00Z", "UTC", "2026-11-24T02:13:00Z")]
    [InlineData("2026-11-24T01:00:00Z", "UTC", "2026-11-23T02:13:00Z")]
    [InlineData("2026-11-24T02:20:00Z", "UTC", "2026-11-23T02:13:00Z")] // it is not over yet
    [InlineData("2026-11-24T02:28:00Z", "UTC", "2026-11-24T02:13:00Z")]
    [InlineData("2026-11-24T12:00:00Z", "Asia/Kathmandu", "2026-11-23T20:28:00Z")]
    [InlineData("2026-03-29T10:00:00Z", "Europe/Prague", "2026-03-29T01:13:00Z")] // the hour that summer time leaves out
    public void Begin_AnyMoment_IsTheLastNightThatIsOver(string end, string zone, string begin)
    {
        var found = NightShell.Begin(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));

        found.ShouldBe(DateTimeOffset.Parse(begin, System.Globalization.CultureInfo.InvariantCulture));
    }
}
