namespace KubeLens.Contracts.Calls;

/// <summary>How a call ended. The numbers are stored: add at the end, never renumber.</summary>
public enum CallOutcome
{
    /// <summary>The response was forwarded to its end.</summary>
    Completed = 0,

    /// <summary>The client left before the end; status 499 when it left before the headers.</summary>
    ClientLeft = 1,

    /// <summary>The upstream failed after the response had begun.</summary>
    UpstreamFailed = 2,

    /// <summary>The gateway answered itself: the upstream could not be reached.</summary>
    UpstreamUnreachable = 3,

    /// <summary>The gateway refused the call before forwarding it.</summary>
    Refused = 4,

    /// <summary>An upgraded connection (exec, attach, port-forward) ended.</summary>
    UpgradeEnded = 5,

    /// <summary>Its gateway was gone before it ended: written by the Store for a call that was known to run. Never sent by a gateway.</summary>
    GatewayLost = 6,
}
