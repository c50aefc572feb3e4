namespace KubeLens.Contracts.Search;

/// <summary>Who tells of a call.</summary>
public static class CallSources
{
    /// <summary>A gateway, which it passed.</summary>
    public const string Gateway = "gateway";

    /// <summary>The apiserver only: it passed no gateway.</summary>
    public const string Bypass = "bypass";

    /// <summary>The apiserver only: it came with the audit-id of another call.</summary>
    public const string Conflict = "conflict";
}
