using System.Diagnostics.Metrics;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>Meter <c>KubeLens.Gateway.ForwardProxy</c>.</summary>
internal static class ForwardProxyMetrics
{
    public const string Accepted = "accepted";
    public const string Closed = "closed";

    private static readonly Meter Meter = new("KubeLens.Gateway.ForwardProxy");
    private static readonly Counter<long> Connections = Meter.CreateCounter<long>("kubelens.forward_proxy.connections", "{connection}", "Connections to the forward proxy, by outcome: accepted, target, method, malformed, timeout, closed");

    public static void Ended(string outcome) => Connections.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
