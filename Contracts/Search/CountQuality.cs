namespace KubeLens.Contracts.Search;

/// <summary>How far counts can be relied on.</summary>
/// <param name="Basis"><see cref="Exact"/> or <see cref="Newest"/>.</param>
/// <param name="Since">Calls that completed from then on, up to the end of the range, are all counted; the start of the range when it is exact.</param>
/// <param name="Calls">How many calls were counted.</param>
public sealed record CountQuality(string Basis, DateTimeOffset Since, long Calls)
{
    /// <summary>Every ended call of the range that matches is counted.</summary>
    public const string Exact = "exact";

    /// <summary>Only the newest of them are: there were more than are looked at for a count, or there was no more time for it.</summary>
    public const string Newest = "newest";
}
