using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.World;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>An autoscaler that cannot make up its mind: catalog goes up and down for twelve minutes.</summary>
internal sealed class ScaleStorm(Stage stage) : IScene
{
    private static readonly int[] Replicas = [5, 8, 12, 4, 11, 3, 12, 5, 9, 4, 6, 3];

    public void Plan(Agenda agenda, DateTimeOffset end)
    {
        for (var i = 0; i < Replicas.Length; i++)
        {
            var replicas = Replicas[i];
            agenda.At(end.AddMinutes(-95 + i), token => ScaleAsync(replicas, token));
        }
    }

    private async Task ScaleAsync(int replicas, CancellationToken cancellationToken)
    {
        var path = $"{Workloads.PathOf(Workloads.Catalog)}/scale";
        var scale = await stage.Cast.Autoscaler.GetAsync(path, cancellationToken);
        if (scale.Body is { } body)
        {
            body["spec"] = new JsonObject { ["replicas"] = replicas };
            await stage.Cast.Autoscaler.UpdateAsync(path, body, cancellationToken);
        }
    }
}
