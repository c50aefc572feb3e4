using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Kinds;
using KubeLens.Gateway.Normalize;

namespace KubeLens.DemoCluster.Api;

/// <summary>What a request asks for and who asks: a feature of the HttpContext from the first middleware on.</summary>
internal sealed class ApiRequest(RequestInfo info, ResourceKind? kind)
{
    public RequestInfo Info => info;

    /// <summary>Null for non-resource paths and for resources that are not served.</summary>
    public ResourceKind? Kind => kind;

    /// <summary>Whom the API sees, after impersonation; set by Access before authorization.</summary>
    public DemoUser User { get; set; } = DemoUser.Anonymous;

    /// <summary>Who authenticated, when <see cref="User"/> is impersonated.</summary>
    public DemoUser? Impersonator { get; set; }

    public required string AuditId { get; init; }
}
