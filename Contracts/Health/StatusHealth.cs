namespace KubeLens.Contracts.Health;

/// <summary>How a part is.</summary>
public static class StatusHealth
{
    public const string Ok = "ok";

    /// <summary>It works, and somebody should look.</summary>
    public const string Warning = "warning";

    /// <summary>It does not do what it is there for.</summary>
    public const string Failing = "failing";

    /// <summary>It could not be read.</summary>
    public const string Unknown = "unknown";
}
