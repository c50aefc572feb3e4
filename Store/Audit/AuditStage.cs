namespace KubeLens.Store.Audit;

/// <summary>The stage that an event tells of. Of two events of one request the later one holds; the numbers are stored.</summary>
internal enum AuditStage : short
{
    RequestReceived = 0,

    /// <summary>Of long-running requests only: the headers are sent.</summary>
    ResponseStarted = 1,

    /// <summary>The end of a request.</summary>
    ResponseComplete = 2,

    /// <summary>The other end of a request.</summary>
    Panic = 3,
}
