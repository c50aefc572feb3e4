using System.Diagnostics.Metrics;

namespace KubeLens.DemoCluster.Audit;

/// <summary>The meter <c>KubeLens.DemoCluster.Audit</c>.</summary>
internal sealed class AuditMetrics
{
    public const string MeterName = "KubeLens.DemoCluster.Audit";

    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        Sent = meter.CreateCounter<long>("kubelens.democluster.audit.events", "{event}", "Audit events that the webhook took");
        Dropped = meter.CreateCounter<long>("kubelens.democluster.audit.dropped", "{event}", "Audit events that were dropped: the queue was full, the webhook refused them, or shutdown had no time left");
        Retries = meter.CreateCounter<long>("kubelens.democluster.audit.retries", "{attempt}", "Posts to the webhook that were repeated");
    }

    public Counter<long> Sent { get; }
    public Counter<long> Dropped { get; }
    public Counter<long> Retries { get; }
}
