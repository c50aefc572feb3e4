using KubeLens.Store.Audit;

namespace KubeLens.Store.Tests.Audit;

/// <summary>What is kept of a request's target, and when two are the same.</summary>
public sealed class AuditTargetTests
{
    [Theory]
    [InlineData("/api/v1/pods", "/api/v1/pods", "")]
    [InlineData("/api/v1/pods?watch=true&labelSelector=a%3Db&limit=5", "/api/v1/pods", "watch=true&labelSelector=a%3Db&limit=5")]
    [InlineData("/api/v1/pods?continue=abc&token=xyz&flag&empty=", "/api/v1/pods", "continue=<redacted>&token=<redacted>&flag&empty=")]
    [InlineData("/api/v1/namespaces/a/services/b:80/proxy/token/xyz/?q=1", "/api/v1/namespaces/a/services/b:80/proxy/<redacted>/<redacted>/", "q=<redacted>")]
    [InlineData("/api/v1/namespaces/a/pods/b/exec?command=cat&command=/x&stdout=true", "/api/v1/namespaces/a/pods/b/exec", "command=<redacted>&command=<redacted>&stdout=true")]
    public void Of_KeepsWhatKubernetesReadsNoSecretsFrom(string uri, string path, string query) =>
        AuditTarget.Of(uri).ShouldBe(new AuditTarget(path, query));

    [Theory]
    [InlineData("/api/v1/pods", "/api/v1/pods", "", true)]
    [InlineData("/api/v1/pods", "/api/v1/pods", "watch=true", false)]
    [InlineData("/api/v1/pods?watch=true", "/api/v1/pods", "watch=false", false)]
    [InlineData("/api/v1/pods?continue=a", "/api/v1/pods", "continue=b", true)] // hidden here
    [InlineData("/api/v1/pods?continue=a", "/api/v1/pods", "token=a", false)]
    [InlineData("/api/v1/pods?labelSelector=token%3Dx", "/api/v1/pods", "labelSelector=<redacted>", true)] // hidden there
    [InlineData("/api/v1/pods?a=1&watch=1", "/api/v1/pods", "watch=1&a=1", false)]
    [InlineData("/api/v1/namespaces/a/services/b/proxy/x/y", "/api/v1/namespaces/a/services/b/proxy/x/y", "", true)]
    [InlineData("/api/v1/namespaces/a/services/b/proxy/x/y", "/api/v1/namespaces/a/services/b/proxy/x", "", false)]
    [InlineData("/api/v1/namespaces/a/services/c/proxy/x", "/api/v1/namespaces/a/services/b/proxy/x", "", false)]
    [InlineData("/api/v1/namespaces/a%7Bb", "/api/v1/namespaces/a{b", "", true)] // the apiserver escapes what a client did not
    [InlineData("/x/<redacted>", "/x/secret=1", "", true)]
    public void Agrees_UnlessWhatBothShowDiffers(string uri, string path, string query, bool agrees) =>
        AuditTarget.Of(uri).Agrees(path, query).ShouldBe(agrees);
}
