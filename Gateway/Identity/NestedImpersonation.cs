namespace KubeLens.Gateway.Identity;

/// <summary>What becomes of a caller that asks to act as somebody else while the gateway already acts as the caller.</summary>
internal enum NestedImpersonation
{
    /// <summary>403.</summary>
    Refuse,

    /// <summary>The cluster is asked whether the caller may, as it would ask itself; then the gateway acts as whom it asked for.</summary>
    Check,
}
