namespace KubeLens.Store.Database;

/// <summary>A compressed block with the headers, bodies and the rest of some calls of one batch.</summary>
internal sealed class Pack
{
    public required DateOnly DropDay { get; init; }
    public required long BatchId { get; init; }
    public required short Seq { get; init; }

    /// <summary>How <see cref="Data"/> is compressed: a number of <c>PackCodec</c>.</summary>
    public required short Codec { get; init; }

    /// <summary>Calls in the block.</summary>
    public required int Calls { get; init; }

    public required int RawLength { get; init; }
    public required byte[] Data { get; init; }
}
