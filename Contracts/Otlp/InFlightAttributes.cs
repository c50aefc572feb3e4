namespace KubeLens.Contracts.Otlp;

/// <summary>Event and attribute names of what a gateway tells of calls that run. <c>docs/call-record.md</c> defines them.</summary>
public static class InFlightAttributes
{
    /// <summary>A call that runs, with the attributes of a <c>kubelens.call</c> as far as they are known; no position, no bodies.</summary>
    public const string OpenEvent = "kubelens.call.open";

    /// <summary>The gateway lives: what it told of its calls holds for three intervals more.</summary>
    public const string LeaseEvent = "kubelens.gateway.lease";

    /// <summary>Milliseconds between two leases.</summary>
    public const string LeaseInterval = "kubelens.lease.interval";

    /// <summary>Milliseconds since 1970: every call that ended before is delivered, or will never be.</summary>
    public const string LeaseDelivered = "kubelens.lease.delivered";
}
