using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Portal.Traces;

namespace KubeLens.Portal.Tests.Traces;

public sealed class TraceUrlTests
{
    [Theory]
    [InlineData("http://127.0.0.1:16686/trace/{traceId}", "http://127.0.0.1:16686/trace/4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("https://traces.example.com/{traceId}?span={spanId}&again={traceId}", "https://traces.example.com/4bf92f3577b34da6a3ce929d0e0e4736?span=00f067aa0ba902b7&again=4bf92f3577b34da6a3ce929d0e0e4736")]
    public void Of_TemplateAndTrace_IsFilledIn(string template, string expected)
    {
        TraceUrl.Problem(template).ShouldBeNull();
        TraceUrl.Of(template, Call()).ShouldBe(expected);
    }

    [Fact]
    public void Of_NoTemplateOrNoTrace_IsNone()
    {
        TraceUrl.Problem("").ShouldBeNull();
        TraceUrl.Of("", Call()).ShouldBeNull();
        TraceUrl.Of("http://a/{traceId}", Call() with { TraceId = null, SpanId = null }).ShouldBeNull();
    }

    [Fact]
    public void Of_NoSpan_LeavesItsPlaceEmpty() =>
        TraceUrl.Of("http://a/{traceId}?span={spanId}", Call() with { SpanId = null }).ShouldBe("http://a/4bf92f3577b34da6a3ce929d0e0e4736?span=");

    [Theory]
    [InlineData("http://a/{trace}", "may have {traceId} and {spanId} in it, and not {trace}")]
    [InlineData("http://a/trace", "has no {traceId}")]
    [InlineData("javascript:alert('{traceId}')", "http or https address")]
    [InlineData("/trace/{traceId}", "http or https address")]
    [InlineData("a/{traceId}", "http or https address")]
    public void Problem_UnfitTemplate_SaysWhatIsRight(string template, string reason) =>
        TraceUrl.Problem(template).ShouldNotBeNull().ShouldContain(reason);

    private static Contracts.Search.CallDetails Call() => SampleCalls.One(2, TimeProvider.System.GetUtcNow());
}
