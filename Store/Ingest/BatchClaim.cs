using KubeLens.Contracts.Calls;

namespace KubeLens.Store.Ingest;

/// <summary>Whose batch the ledger knows under an id.</summary>
internal enum BatchOwner
{
    /// <summary>The gateway and boot that deliver now.</summary>
    Us,

    /// <summary>Another gateway, boot, size or day: the id was given twice.</summary>
    Other,
}

/// <summary>What is to be stored of a delivery.</summary>
/// <param name="Owner">Whose batch it is; nothing is fresh unless it is ours.</param>
/// <param name="Fresh">The calls that were not stored yet.</param>
/// <param name="FirstPack">The sequence number for their first pack.</param>
internal sealed record BatchClaim(BatchOwner Owner, IReadOnlyList<(int Ordinal, CallRecord Call)> Fresh, short FirstPack);
