namespace KubeLens.Gateway.Delivery;

/// <summary>The Store, or an OpenTelemetry Collector before it.</summary>
internal sealed class StoreOptions
{
    public const string Section = "Store";

    /// <summary>Scheme, host and port; calls go to <c>{Address}/v1/logs</c>. Default <c>http://127.0.0.1:6445</c>.</summary>
    public string Address { get; set; } = "http://127.0.0.1:6445";

    /// <summary>File with the bearer token between services; read for every send, so it may be rotated. Empty: no token is sent.</summary>
    public string TokenFile { get; set; } = "";

    public Uri LogsAddress => new($"{Address.TrimEnd('/')}/v1/logs");
}
