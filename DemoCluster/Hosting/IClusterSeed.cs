using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Hosting;

/// <summary>Objects that are there when the cluster begins to listen. All registered seeds are used, in their order.</summary>
internal interface IClusterSeed
{
    /// <summary>In the order of their creation: a namespace before what is in it.</summary>
    IEnumerable<(ResourceKind Kind, JsonObject Value)> Objects();
}
