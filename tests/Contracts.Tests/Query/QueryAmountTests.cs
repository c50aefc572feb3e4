using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests.Query;

public class QueryAmountTests
{
    [Theory]
    [InlineData("5us", 5)]
    [InlineData("5µs", 5)]
    [InlineData("500ms", 500_000)]
    [InlineData("1.5s", 1_500_000)]
    [InlineData("0.0004ms", 0)]
    [InlineData("2M", 120_000_000)]
    [InlineData("1h", 3_600_000_000)]
    [InlineData("1d", 86_400_000_000)]
    public void Duration_is_read_as_microseconds(string text, long microseconds)
    {
        QueryDuration.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(microseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("ms")]
    [InlineData(".5s")]
    [InlineData("5.s")]
    [InlineData("1.2.3s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1w")]
    [InlineData("99999999999999999999999999999999s")]
    [InlineData("9999999999999999d")]
    public void Duration_refuses_rubbish(string text) => QueryDuration.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("0B", 0)]
    [InlineData("64KiB", 65_536)]
    [InlineData("64ki", 65_536)]
    [InlineData("1.5MiB", 1_572_864)]
    [InlineData("2Gi", 2_147_483_648)]
    [InlineData("10kb", 10_000)]
    [InlineData("1GB", 1_000_000_000)]
    public void Size_is_read_as_bytes(string text, long bytes)
    {
        QuerySize.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(bytes);
    }

    [Theory]
    [InlineData("64")]
    [InlineData("64K")]
    [InlineData("KiB")]
    public void Size_refuses_rubbish(string text) => QuerySize.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("404", 404, 404)]
    [InlineData("2xx", 200, 299)]
    [InlineData("5XX", 500, 599)]
    [InlineData("none", 0, 0)]
    public void Status_is_read_as_a_range(string text, int from, int to)
    {
        StatusRange.TryParse(text, out var range).ShouldBeTrue();
        range.ShouldBe(new StatusRange(from, to));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("99")]
    [InlineData("099")]
    [InlineData("1000")]
    [InlineData("6xx")]
    [InlineData("4x")]
    [InlineData("xxx")]
    [InlineData("+40")]
    public void Status_refuses_rubbish(string text) => StatusRange.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("pods", "pods", null, "")]
    [InlineData("pods/exec", "pods", null, "exec")]
    [InlineData("pods/*", "pods", null, "*")]
    [InlineData("deployments.apps", "deployments", "apps", "")]
    [InlineData("deployments.apps/status", "deployments", "apps", "status")]
    [InlineData("x.a.b.c", "x", "a.b.c", "")]
    public void Resource_is_taken_apart(string text, string resource, string? group, string sub)
    {
        ResourcePattern.TryParse(text, out var pattern).ShouldBeTrue();
        pattern.ShouldBe(new ResourcePattern(resource, group, sub));
    }

    [Theory]
    [InlineData("status:404", 404, 404)]
    [InlineData("status:4xx", 400, 499)]
    [InlineData("status:>=5xx", 500, long.MaxValue)]
    [InlineData("status:>4xx", 500, long.MaxValue)]
    [InlineData("status:<400", 1, 399)]
    [InlineData("status:<=4xx", 1, 499)]
    [InlineData("status:400..499", 400, 499)]
    [InlineData("status:4xx..5xx", 400, 599)]
    [InlineData("status:*", 1, long.MaxValue)]
    [InlineData("status:none", 0, 0)]
    [InlineData("latency:>500ms", 500_001, long.MaxValue)]
    [InlineData("latency:1s..*", 1_000_000, long.MaxValue)]
    [InlineData("latency:*..1s", 0, 1_000_000)]
    [InlineData("respsize:<1KiB", 0, 1023)]
    public void Ordered_term_is_one_interval(string query, long from, long to) =>
        QueryInterval.Of(Field(query)).ShouldBe([new QueryInterval(from, to)]);

    [Fact]
    public void Ordered_list_is_an_interval_a_value() =>
        QueryInterval.Of(Field("status:(404,5xx)")).ShouldBe([new QueryInterval(404, 404), new QueryInterval(500, 599)]);

    [Fact]
    public void Interval_of_a_field_without_order_is_refused() =>
        Should.Throw<ArgumentException>(() => QueryInterval.Of(Field("user:alice"))).Message.ShouldContain("user");

    private static FieldNode Field(string query) => QueryParser.Parse(query).Root.ShouldBeOfType<FieldNode>();
}
