namespace KubeLens.DemoCluster.Audit;

/// <summary>Where audit events go. Section <c>DemoCluster:Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "DemoCluster:Audit";

    /// <summary>Takes a POST of <c>audit.k8s.io/v1 EventList</c>. Empty (the default): there is no audit, and it costs nothing.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>File with the bearer token for the webhook; read again for each batch. Empty: none is sent.</summary>
    public string WebhookTokenFile { get; set; } = "";

    /// <summary>Most events that wait; what comes when it is full is dropped and counted. Default 20,000.</summary>
    public int QueueLength { get; set; } = 20_000;

    /// <summary>Most events in a post. Default 400, as an API server's webhook.</summary>
    public int BatchEvents { get; set; } = 400;

    /// <summary>How long an event waits for company. Default 1 s.</summary>
    public TimeSpan BatchWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one post may take. Default 10 s.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stopping cluster goes on posting. Default 3 s.</summary>
    public TimeSpan ShutdownBudget { get; set; } = TimeSpan.FromSeconds(3);
}
