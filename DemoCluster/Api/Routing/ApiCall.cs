using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Api.Routing;

/// <summary>One call on a served resource.</summary>
internal sealed record ApiCall(HttpContext Http, ApiRequest Request, ResourceKind Kind, ResponseForm Form)
{
    public string Name => Request.Info.Name;

    /// <summary>Empty for a cluster-wide list, and for resources without namespaces.</summary>
    public string Namespace => Kind.Namespaced ? Request.Info.Namespace : "";

    public CancellationToken Aborted => Http.RequestAborted;

    public string Query(string name) => Http.Request.Query[name].ToString();

    public bool Flag(string name) => Query(name) is "true" or "1" or "True" or "TRUE" or "t" or "T";

    /// <summary>Whose change it is: without a name of its own, a client is called by its User-Agent.</summary>
    public Writer Writer => new(ManagedFields.ManagerOf(Query("fieldManager"), Http.Request.Headers.UserAgent.ToString()), Request.Info.Subresource);

    /// <exception cref="ApiException">422 for anything but <c>All</c>.</exception>
    public bool IsDryRun(string optionsKind)
    {
        var values = Http.Request.Query["dryRun"];
        CheckDryRun(values, optionsKind);
        return values.Count > 0 && !string.IsNullOrEmpty(values[0]);
    }

    public static void CheckDryRun(IEnumerable<string?> values, string optionsKind)
    {
        var causes = new InvalidCauses();
        foreach (var value in values.Where(value => value is not ("All" or "" or null)))
        {
            causes.NotSupported("dryRun", $"[]string{{\"{value}\"}}", "\"All\"");
        }

        causes.ThrowIfAny("meta.k8s.io", optionsKind, "");
    }
}
