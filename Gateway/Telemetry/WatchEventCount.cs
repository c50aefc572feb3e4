using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Telemetry;

/// <summary>Counts the events of one watch into metrics while they pass.</summary>
internal sealed class WatchEventCount(CallMetrics metrics, ResourceLabel resource)
{
    private const string Unknown = "_OTHER";

    public void Add(WatchEventType type, long bytes) => metrics.WatchEvent(type == WatchEventType.Unknown ? Unknown : WatchEventTypes.NameOf(type), resource, bytes);
}
