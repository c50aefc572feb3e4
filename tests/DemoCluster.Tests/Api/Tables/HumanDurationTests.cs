using KubeLens.DemoCluster.Api.Tables;

namespace KubeLens.DemoCluster.Tests.Api.Tables;

public sealed class HumanDurationTests
{
    [Theory]
    [InlineData(-5, "<invalid>")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(125, "2m5s")]
    [InlineData(600, "10m")]
    [InlineData(10_799, "179m")]
    [InlineData(11_520, "3h12m")]
    [InlineData(8 * 3600, "8h")]
    [InlineData(47 * 3600, "47h")]
    [InlineData(49 * 3600, "2d1h")]
    [InlineData(72 * 3600, "3d")]
    [InlineData(10 * 86_400, "10d")]
    [InlineData(740 * 86_400, "2y10d")]
    [InlineData(3650 * 86_400, "10y")]
    public void Format_Duration_IsKubectls(long seconds, string text) => HumanDuration.Format(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void Since_Nothing_IsUnknown() => HumanDuration.Since(null, DateTimeOffset.UnixEpoch).ShouldBe("<unknown>");
}
