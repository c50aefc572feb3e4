using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Telemetry;

namespace KubeLens.Gateway.Tests.Telemetry;

public sealed class RouteTemplateTests
{
    [Theory]
    [InlineData("/api/v1/pods", "/api/v1/pods")]
    [InlineData("/api/v1/namespaces/n/pods?fieldSelector=metadata.name%3Dp", "/api/v1/namespaces/{:namespace}/pods")]
    [InlineData("/api/v1/namespaces/n/pods/p/log", "/api/v1/namespaces/{:namespace}/pods/{:name}/log")]
    [InlineData("/api/v1/namespaces/n", "/api/v1/namespaces/{:name}")]
    [InlineData("/api/v1/namespaces/n/status", "/api/v1/namespaces/{:name}/status")]
    [InlineData("/api/v1/namespaces", "/api/v1/namespaces")]
    [InlineData("/apis/apps/v1/namespaces/n/deployments/d/scale", "/apis/apps/v1/namespaces/{:namespace}/deployments/{:name}/scale")]
    [InlineData("/api/v1/namespaces/n/services/https:s:443/proxy/a/b", "/api/v1/namespaces/{:namespace}/services/{:name}/proxy/{:path}")]
    [InlineData("/api/v1/watch/namespaces/n/pods", "/api/v1/namespaces/{:namespace}/pods")]
    [InlineData("/apis/apps/v1", "/apis/{:path}")]
    [InlineData("/readyz/etcd", "/readyz/{:path}")]
    [InlineData("/version", "/version")]
    [InlineData("/", "/")]
    [InlineData("/index.php", null)]
    public void Route_OfATarget_HasTheApiserversPlaceHolders(string target, string? route) =>
        RouteTemplate.Of(RequestInfoParser.Parse("GET", target)).ShouldBe(route);
}
