using KubeLens.Store.Database;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>A column of <c>call</c> as a chunk has it.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Encode">All values of it.</param>
internal sealed record ChunkColumn(string Name, Func<IReadOnlyList<Call>, byte[]> Encode)
{
    public static ChunkColumn Number(string name, Func<Call, long> value) => new(name, rows => NumberCodec.Encode(rows.Select(value).ToArray()));

    public static ChunkColumn Text(string name, Func<Call, string> value) => new(name, rows => TextCodec.Encode([.. rows.Select(value)]));

    public static ChunkColumn Id(string name, Func<Call, Guid?> value) => new(name, rows => GuidCodec.Encode([.. rows.Select(value)]));
}
