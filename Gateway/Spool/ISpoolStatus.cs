namespace KubeLens.Gateway.Spool;

/// <summary>For pages, health checks, and middleware that refuses what could not be recorded.</summary>
internal interface ISpoolStatus
{
    /// <summary>Whether the next call will find room. Cheap enough for every call.</summary>
    bool HasRoom { get; }

    SpoolStatus Status { get; }
}
