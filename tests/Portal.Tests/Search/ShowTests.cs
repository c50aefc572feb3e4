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
}
