using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Life.Actors;

/// <param name="Body">Null when there is none, or none that is a JSON object.</param>
internal readonly record struct Answer(int Status, JsonObject? Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
