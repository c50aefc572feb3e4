namespace KubeLens.Store.Access.Clusters;

/// <summary>Marks an endpoint that can answer of one cluster alone: of its <c>q</c>, or by itself.</summary>
internal sealed class OneCluster
{
    public static readonly OneCluster Instance = new();
}
