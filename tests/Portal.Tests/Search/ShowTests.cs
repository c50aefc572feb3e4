using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class ShowTests
{
    [Theory]
    [InlineData(0.42, "0.4 ms")]
    [InlineData(12.4, "12 ms")]
    [InlineData(1240, "1.24 s")]
    [InlineData(123_000, "2 m 03 s")]
    [InlineData(3_900_000, "1 h 05 m")]
    public void Latency_Any_ReadsAsPeopleSayIt(double milliseconds, string expected) => Show.Latency(milliseconds).ShouldBe(expected);

    [Theory]
    [InlineData(812, "812 B")]
    [InlineData(4096, "4.0 KiB")]
    [InlineData(1_258_291, "1.2 MiB")]
    public void Bytes_Any_ReadsAsPeopleSayIt(long bytes, string expected) => Show.Bytes(bytes).ShouldBe(expected);

    [Theory]
    [InlineData(812, "812")]
    [InlineData(1_290, "1.2k")]
    [InlineData(12_431, "12k")]
    [InlineData(999_999, "999k")]
    [InlineData(1_290_000, "1.2M")]
    public void Short_Any_NeverSaysMoreThanThereIs(long count, string expected) => Show.Short(count).ShouldBe(expected);

    [Theory]
    [InlineData(7_200, 3600, "2.0/s")]
    [InlineData(1_800, 3600, "30.0/min")]
    [InlineData(26, 3600, "26.0/h")]
    [InlineData(0, 3600, "0/s")]
    [InlineData(3, 0, "0/s")]
    public void Rate_Any_IsOfTheShortestUnitThatHasOne(long count, int seconds, string expected) => Show.Rate(count, TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData(1, 3, "33.3 %")]
    [InlineData(1, 10_000, "<0.1 %")]
    [InlineData(0, 5, "0 %")]
    [InlineData(0, 0, "0 %")]
    [InlineData(5, 5, "100 %")]
    public void Percent_Any_IsNeverNothingForSomething(long part, long whole, string expected) => Show.Percent(part, whole).ShouldBe(expected);
}
