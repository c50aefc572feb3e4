using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Access.Support;

/// <summary>The real store, with a count of how often it was read through.</summary>
internal sealed class CountingStore(IObjectStore inner) : IObjectStore
{
    public int Lists { get; private set; }

    public (IReadOnlyList<JsonObject> Items, long ResourceVersion) List(ResourceKind kind, string ns)
    {
        Lists++;
        return inner.List(kind, ns);
    }

    public long LastChange(ResourceKind kind) => inner.LastChange(kind);

    public JsonObject? Find(ResourceKind kind, string ns, string name) => inner.Find(kind, ns, name);

    public JsonObject Create(ResourceKind kind, JsonObject value) => inner.Create(kind, value);

    public JsonObject Update(ResourceKind kind, JsonObject value) => inner.Update(kind, value);

    public JsonObject Delete(ResourceKind kind, string ns, string name, string? uid = null, string? resourceVersion = null) => inner.Delete(kind, ns, name, uid, resourceVersion);
}
