using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects;

/// <summary>
/// The cluster's objects in memory. What comes out is the caller's own copy, what goes in is copied.
/// One resourceVersion counts all changes, as etcd's revision does.
/// </summary>
internal interface IObjectStore
{
    /// <summary>A consistent picture of a kind, ordered by namespace and name.</summary>
    /// <param name="ns">Empty: all namespaces.</param>
    (IReadOnlyList<JsonObject> Items, long ResourceVersion) List(ResourceKind kind, string ns);

    /// <summary>The resourceVersion of a kind's last change, 0 before its first. Cheap: for whoever keeps something made of its objects.</summary>
    long LastChange(ResourceKind kind);

    JsonObject? Find(ResourceKind kind, string ns, string name);

    /// <summary>Keeps a new object and fills in uid, creationTimestamp, resourceVersion and generation.</summary>
    /// <exception cref="Api.ApiException">409 AlreadyExists; 404 for a namespace that is not there; 422 for an invalid name.</exception>
    JsonObject Create(ResourceKind kind, JsonObject value);

    /// <summary>Replaces an object. Its generation rises when something besides metadata and status changed.</summary>
    /// <exception cref="Api.ApiException">404; 409 Conflict when <c>metadata.resourceVersion</c> is given and is not the current one.</exception>
    JsonObject Update(ResourceKind kind, JsonObject value);

    /// <returns>The object as it was; with finalizers left it is only marked, and returned as marked.</returns>
    /// <exception cref="Api.ApiException">404; 409 when a precondition (uid, resourceVersion) does not hold.</exception>
    JsonObject Delete(ResourceKind kind, string ns, string name, string? uid = null, string? resourceVersion = null);
}
