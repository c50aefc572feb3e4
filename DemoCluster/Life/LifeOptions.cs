namespace KubeLens.DemoCluster.Life;

/// <summary>What goes on in the cluster by itself. Section <c>Life</c>.</summary>
internal sealed class LifeOptions
{
    public const string Section = "Life";

    /// <summary>Off: the cluster is empty and quiet, for tests.</summary>
    public bool Enabled { get; set; }

    /// <summary>The same seed plays the same history.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How much of the past is played before the cluster is ready. The night before is played too, by a few calls.</summary>
    public TimeSpan History { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The gateway that records the life from now on, such as <c>https://127.0.0.1:6444</c>. Empty: it goes on unrecorded, straight at the API.</summary>
    public string GatewayAddress { get; set; } = "";

    /// <summary>PEM file with the authority of the gateway's certificate. It may appear later than this cluster.</summary>
    public string GatewayAuthorityFile { get; set; } = "";

    /// <summary>Where the history is recorded, such as <c>http://127.0.0.1:6445</c>. Empty: it is played without being recorded.</summary>
    public string StoreAddress { get; set; } = "";

    /// <summary>File with the bearer token for the Store.</summary>
    public string StoreTokenFile { get; set; } = "";
}
