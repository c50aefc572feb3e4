namespace KubeLens.Store.Database;

/// <summary>The ledger: which calls of a batch are stored. Written in the transaction that stores them.</summary>
internal sealed class IngestBatch
{
    public required long BatchId { get; init; }

    /// <summary>The batch's own creation day, so that a redelivery finds its row however late it comes.</summary>
    public required DateOnly Day { get; init; }

    public required int GatewayId { get; init; }
    public required string Boot { get; init; }

    /// <summary>Calls in the whole batch.</summary>
    public required int Size { get; init; }

    /// <summary>Bit o is set when ordinal o is stored, lowest bit first.</summary>
    public required byte[] Stored { get; init; }

    public required DateTime ReceivedAt { get; init; }

    /// <summary>As <see cref="Stored"/>, of the calls that are not there any more, though retention did not drop them: purged. They stay stored for redelivery. Null for none.</summary>
    public byte[]? Gone { get; init; }

    /// <summary>When the oldest of the stored calls ended; null in rows that are older than the column.</summary>
    public DateTime? Oldest { get; init; }
}
