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
}
