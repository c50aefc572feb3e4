namespace KubeLens.Gateway.Telemetry;

/// <summary>Calls that may take long, as metrics tell them apart.</summary>
internal enum LongRunningKind
{
    Watch,
    Exec,
    Attach,
    PortForward,
    Log,
    Proxy,

    /// <summary>Profiles, and upgrades of anything else.</summary>
    Other,
}
