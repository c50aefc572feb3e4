namespace KubeLens.Store.Retention;

/// <summary>How long what is stored is kept. Section <c>Retention</c>.</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Days that calls are kept, from their end; a day longer at most. Their headers and bodies may go before.</summary>
    public int CallDays { get; set; } = 90;

    /// <summary>Days that headers and bodies are kept, from when they were stored; at most <see cref="CallDays"/>.</summary>
    public int BodyDays { get; set; } = 30;

    /// <summary>Days that it is kept who read what was sent and answered.</summary>
    public int AccessDays { get; set; } = 366;

    /// <summary>Days that it is kept when calls were stored: so long may <c>store export --follow</c> stand still and go on where it was.</summary>
    public int ArrivalDays { get; set; } = 7;

    /// <summary>Days that it is kept which user used what, for access reviews; also beyond <see cref="CallDays"/>. Names of objects are part of it.</summary>
    public int AccessReviewDays { get; set; } = 90;

    /// <summary>Classes that clusters name (<c>Clusters:{name}:Retention</c> of the gateway), with days of their own.</summary>
    public IDictionary<string, RetentionClassOptions> Classes { get; } = new Dictionary<string, RetentionClassOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Bytes that the calls' tables and indexes may take; 0 for no limit. Above it the headers and bodies that are next to go are
    /// dropped before their time, and when none are left the oldest calls; never those of the current day and hour.
    /// </summary>
    public long MaxBytes { get; set; }
}
