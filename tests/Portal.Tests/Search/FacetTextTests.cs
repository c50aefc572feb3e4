using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class FacetTextTests
{
    [Theory]
    [InlineData("resource", "pods.core/exec", "pods/exec", "pods/exec")]
    [InlineData("resource", "deployments.apps", "deployments.apps", "deployments.apps")]
    [InlineData("resource", "pods", "pods", "pods")]
    [InlineData("user", "system:serviceaccount:prod:ci", "system:serviceaccount:prod:ci", "sa:prod/ci")]
    [InlineData("user", "system:node:a", "system:node:a", "system:node:a")]
    [InlineData("ns", "x.core", "x.core", "x.core")]
    public void Of_Value_IsWhatPeopleWrite(string field, string value, string text, string brief)
    {
        FacetText.Of(field, value).ShouldBe(text);
        FacetText.Short(field, value).ShouldBe(brief);
    }
}
