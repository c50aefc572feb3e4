using KubeLens.Store.Search;

namespace KubeLens.Store.Objects;

/// <summary>A page of an object's history.</summary>
/// <param name="Key">Whose.</param>
/// <param name="Cluster">Empty to find it out.</param>
/// <param name="Uid">Only of the object with this one; null for all of the name.</param>
/// <param name="Page">Range, limit and position; its query is not used.</param>
internal sealed record ObjectRequest(ObjectKey Key, string Cluster, Guid? Uid, SearchRequest Page);
