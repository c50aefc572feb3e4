namespace KubeLens.Store.Audit;

/// <summary>Section <c>Audit</c>: how native audit events are joined with calls.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>A port beside <c>Store:Port</c> with TLS, for apiservers: they send a token over https only. 0 for none.</summary>
    public int Port { get; set; }

    /// <summary>
    /// From where apiservers see gateways come: addresses or networks (<c>10.0.3.0/24</c>), of a NAT or balancer between them where there is one.
    /// Loopback only when empty: gateway and apiserver share a machine.
    /// </summary>
    public IList<string> GatewayAddresses { get; } = [];

    /// <summary>How far the clocks of gateways and apiservers may be apart.</summary>
    public int ClockSkewSeconds { get; set; } = 5;

    /// <summary>How long an event waits for its call once all gateways have delivered what ended before it.</summary>
    public int WaitSeconds { get; set; } = 60;

    /// <summary>How long a gateway that has fallen silent is still waited for.</summary>
    public int PatienceSeconds { get; set; } = 900;

    /// <summary>How long after a start of the Store no event is given up: gateways have to say first how far they are.</summary>
    public int StartSeconds { get; set; } = 40;

    /// <summary>How long the end of a request is waited for whose beginning was told.</summary>
    public int UnfinishedHours { get; set; } = 24;

    /// <summary>The longest body of <c>POST /audit/webhook</c>, decoded, in bytes.</summary>
    public int MaxBodyBytes { get; set; } = 64 * 1024 * 1024;
}
