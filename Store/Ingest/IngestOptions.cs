namespace KubeLens.Store.Ingest;

/// <summary>Section <c>Ingest</c>.</summary>
internal sealed class IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>The longest request body, decoded, in bytes.</summary>
    public int MaxBodyBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Requests decoded and stored at one time.</summary>
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>Requests that may wait for their turn; more are told to come again (429).</summary>
    public int MaxWaiting { get; set; } = 16;

    /// <summary>What <c>Retry-After</c> asks for when there is no room.</summary>
    public int BusyRetrySeconds { get; set; } = 1;

    /// <summary>What <c>Retry-After</c> asks for while the database is away.</summary>
    public int UnavailableRetrySeconds { get; set; } = 2;
}
