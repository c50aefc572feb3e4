namespace KubeLens.ServiceDefaults;

/// <summary>Who may read a service's metrics at <c>/health/metrics</c>.</summary>
internal enum PrometheusAccess
{
    /// <summary>There is no such endpoint, and nothing is measured for it.</summary>
    Off,

    /// <summary>Whoever connects from the same machine.</summary>
    Loopback,

    /// <summary>Everybody who reaches the service, as its health.</summary>
    Open,
}
