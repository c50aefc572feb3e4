namespace KubeLens.Contracts.Access;

/// <summary>What was read.</summary>
public static class AccessActions
{
    /// <summary>The bodies of a call.</summary>
    public const string Bodies = "bodies";

    /// <summary>The recording of a shell.</summary>
    public const string Recording = "recording";

    /// <summary>The object in the answer of a call.</summary>
    public const string Object = "object";

    /// <summary>What a call changed: a record for each call of which a body was shown.</summary>
    public const string Change = "change";

    /// <summary>A page of what calls changed in an object.</summary>
    public const string History = "history";

    /// <summary>An export with bodies.</summary>
    public const string Export = "export";

    /// <summary>A search or a count by what bodies hold, or by what calls changed.</summary>
    public const string Search = "search";
}
