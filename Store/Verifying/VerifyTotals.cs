namespace KubeLens.Store.Verifying;

/// <summary>What was looked at so far.</summary>
internal sealed class VerifyTotals
{
    public int Hours { get; set; }
    public long Calls { get; set; }
    public long SealedCalls { get; set; }
    public long Packs { get; set; }

    /// <summary>Batches whose calls were compared with the ledger, one by one.</summary>
    public long Batches { get; set; }

    /// <summary>Of those, batches of which calls may have been dropped, or that were stored meanwhile: only that none is there twice or unknown could be said.</summary>
    public long PartlyCompared { get; set; }

    public long Problems { get; set; }

    /// <summary>Chunks whose calls could not be counted: of no batch can it be said that all of it is there.</summary>
    public bool Uncounted { get; set; }
}
