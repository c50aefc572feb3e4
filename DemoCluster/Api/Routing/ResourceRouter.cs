using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Reading;
using KubeLens.DemoCluster.Api.Watching;
using KubeLens.DemoCluster.Api.Writing;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Routing;

/// <summary>From verb and subresource to the handler.</summary>
internal sealed class ResourceRouter(
    GetHandler gets,
    ListHandler lists,
    WatchHandler watches,
    CreateHandler creates,
    UpdateHandler updates,
    PatchHandler patches,
    DeleteHandler deletes,
    ScaleHandler scales,
    PodSubresources pods)
{
    public Task RouteAsync(HttpContext context, ApiRequest request, ResourceKind kind)
    {
        var info = request.Info;
        if (info.Parts.Count > 3 || (info.Subresource.Length > 0 && !kind.Subresources.Contains(info.Subresource)) || !IsScopeRight(request, kind))
        {
            throw ApiErrors.NoResource();
        }

        if (kind.Deprecation.Length > 0)
        {
            Warnings.Add(context, kind.Deprecation);
        }

        var streams = info.Subresource is "log" or "exec" or "attach" or "portforward";
        var call = new ApiCall(context, request, kind, streams ? ResponseForm.Default : ResponseForm.Of(context.Request));
        return (info.Subresource.Length == 0 ? Main(call) : Subresource(call)) ?? throw ApiErrors.NoMethod();
    }

    private Task? Main(ApiCall call)
    {
        var hasName = call.Request.Info.Parts.Count > 1;
        if (!call.Kind.Stored)
        {
            return call.Request.Info.Verb == "create" && !hasName ? creates.CreateAsync(call) : null;
        }

        // Objects of namespaced resources are made and deleted inside of one; lists and watches may span all.
        var hasHome = !call.Kind.Namespaced || call.Namespace.Length > 0;
        return (call.Request.Info.Verb, hasName, hasHome) switch
        {
            ("get", true, _) => gets.GetAsync(call),
            ("list", false, _) => lists.ListAsync(call),
            ("watch", _, _) => watches.WatchAsync(call),
            ("create", false, true) => creates.CreateAsync(call),
            ("update", true, _) => updates.UpdateAsync(call, WritePart.Main),
            ("patch", true, _) => patches.PatchAsync(call, WritePart.Main),
            ("delete", true, _) => deletes.DeleteAsync(call),
            ("deletecollection", false, true) when call.Kind.Resource != "namespaces" => deletes.DeleteCollectionAsync(call),
            _ => null,
        };
    }

    private Task? Subresource(ApiCall call) => (call.Request.Info.Subresource, call.Request.Info.Verb) switch
    {
        ("status", "get") => gets.GetAsync(call),
        ("status", "update") => updates.UpdateAsync(call, WritePart.Status),
        ("status", "patch") => patches.PatchAsync(call, WritePart.Status),
        ("scale", "get") => scales.GetAsync(call),
        ("scale", "update") => scales.UpdateAsync(call),
        ("scale", "patch") => scales.PatchAsync(call),
        ("finalize", "update") => updates.UpdateAsync(call, WritePart.Finalize),
        ("log", "get") => pods.LogAsync(call),
        ("exec" or "attach", "get" or "create") => pods.ExecAsync(call),
        ("portforward", "get" or "create") => PodSubresources.PortForwardAsync(call),
        ("eviction", "create") => pods.EvictAsync(call),
        ("binding", "create") => pods.BindAsync(call),
        ("token", "create") => pods.TokenAsync(call),
        _ => null,
    };

    /// <summary>A named object of a namespaced resource has a namespace in its path, one of a cluster-wide resource has none.</summary>
    private static bool IsScopeRight(ApiRequest request, ResourceKind kind)
    {
        var info = request.Info;
        var inNamespace = info.Namespace.Length > 0 && !(kind.Group.Length == 0 && kind.Resource == "namespaces");
        return kind.Namespaced ? inNamespace || info.Parts.Count < 2 : !inNamespace;
    }
}
