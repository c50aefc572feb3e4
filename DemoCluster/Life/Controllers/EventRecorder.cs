using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>Writes the events that <c>kubectl describe</c> shows.</summary>
internal sealed class EventRecorder(TimeProvider clock)
{
    public Task RecordAsync(Actor actor, string component, string apiVersion, string kind, StoredObject about, string reason, string message, CancellationToken cancellationToken, string type = "Normal")
    {
        var now = clock.GetUtcNow();
        var time = ObjectMetadata.Timestamp(now);
        var written = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            // As client-go names them: the object and the moment in hexadecimal.
            ["metadata"] = new JsonObject { ["name"] = $"{about.Name}.{now.UtcTicks:x}", ["namespace"] = about.Namespace },
            ["involvedObject"] = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["name"] = about.Name, ["namespace"] = about.Namespace, ["uid"] = about.Uid },
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = component },
            ["firstTimestamp"] = time,
            ["lastTimestamp"] = time,
            ["count"] = 1,
            ["type"] = type,
        };
        return actor.CreateAsync($"/api/v1/namespaces/{about.Namespace}/events", written, cancellationToken);
    }
}
