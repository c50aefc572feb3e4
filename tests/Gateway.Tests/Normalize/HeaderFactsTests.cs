using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Tests.Normalize;

public class HeaderFactsTests
{
    [Theory]
    [InlineData("299 - \"old\"", "old")]
    [InlineData("299 - \"one\", 299 - \"two, \\\"three\\\" \\\\\"", "one|two, \"three\" \\")]
    [InlineData("299 - \"dated\" \"Wed, 21 Oct 2015 07:28:00 GMT\", 299 - \"next\"", "dated|next")]
    [InlineData("299 kube.example:443 \"agent\"", "agent")]
    [InlineData("110 anderson/1.3.37 \"stale\", 299 - \"ours\"", "ours")]
    [InlineData("299 - \"语\0\ud800\"", "语\0\ud800")]
    [InlineData("299 - \"\"", "")]
    [InlineData("299 - \"never closed", "")]
    [InlineData("299 - \"never closed \\", "")]
    [InlineData("299 - \"kept\" \"date never closed", "kept")]
    [InlineData("299 -", "")]
    [InlineData("<redacted>", "")]
    [InlineData("", "")]
    public void Advice_Warning_HasItsTexts(string header, string texts) =>
        HeaderFacts.Advice([new CallHeader("warning", [header])]).Warnings.ShouldBe(texts.Length == 0 ? [] : texts.Split('|'));

    [Fact]
    public void Advice_TooManyAndTooLong_AreCut()
    {
        var warnings = HeaderFacts.Advice([new CallHeader("warning", [.. Enumerable.Repeat($"299 - \"{new string('x', 5_000)}\"", 100)])]).Warnings;

        warnings.Count.ShouldBe(WarningHeader.MaxWarnings);
        warnings.ShouldAllBe(text => text.Length == WarningHeader.MaxLength);
    }

    [Fact]
    public void Advice_PriorityAndFairness_IsTaken()
    {
        var advice = HeaderFacts.Advice([new CallHeader("x-kubernetes-pf-flowschema-uid", ["f", "g"]), new CallHeader("x-kubernetes-pf-prioritylevel-uid", ["p"])]);

        (advice.FlowSchema, advice.PriorityLevel, advice.Warnings.Count).ShouldBe(("f", "p", 0));
    }

    [Fact]
    public void Program_OfKubectl_IsTaken() =>
        HeaderFacts.Program([new CallHeader("accept", ["*/*"]), new CallHeader("kubectl-command", ["kubectl apply"]), new CallHeader("kubectl-session", [new string('s', 1_000)])])
            .ShouldBe(new CallProgram { Command = "kubectl apply", Session = new string('s', 256) });

    [Fact]
    public void Headers_WithoutFacts_AreNone()
    {
        HeaderFacts.Program([new CallHeader("kubectl-session", [])]).ShouldBe(CallProgram.None);
        HeaderFacts.Advice([new CallHeader("date", ["x"])]).ShouldBeSameAs(CallAdvice.None);
    }
}
