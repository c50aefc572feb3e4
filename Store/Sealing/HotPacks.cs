using System.Buffers.Binary;
using Google.Protobuf;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;
using Npgsql;

namespace KubeLens.Store.Sealing;

/// <summary>Takes headers and bodies out of the packs in which they came.</summary>
internal sealed class HotPacks(NpgsqlDataSource database)
{
    private const int PacksAtOnce = 64;

    /// <summary>Where each row's part lies in the file; rows are missing whose pack has been dropped.</summary>
    /// <param name="done">Called after each few packs.</param>
    public async Task<IReadOnlyDictionary<Call, (long At, int Length)>> UnpackAsync(IReadOnlyList<Call> rows, BlobFile file, Func<Task> done, CancellationToken cancellationToken)
    {
        var places = new Dictionary<Call, (long, int)>(rows.Count, ReferenceEqualityComparer.Instance);
        foreach (var day in rows.GroupBy(row => row.DropDay))
        {
            foreach (var some in day.GroupBy(row => (row.BatchId, row.PackSeq)).Chunk(PacksAtOnce))
            {
                await UnpackAsync(day.Key, some.ToDictionary(pack => pack.Key, pack => pack.OrderBy(row => row.PackOrd).ToList()), file, places, cancellationToken);
                await done();
            }
        }

        file.Flush();
        return places;
    }

    private async Task UnpackAsync(DateOnly day, Dictionary<(long Batch, short Seq), List<Call>> packs, BlobFile file, Dictionary<Call, (long, int)> places, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select batch_id, seq, codec, raw_length, data from pack where drop_day = $1 and (batch_id, seq) in (select * from unnest($2, $3))");
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. packs.Keys.Select(key => key.Batch)] });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. packs.Keys.Select(key => key.Seq)] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var raw = PackCodec.Decompress(reader.GetInt16(2), reader.GetFieldValue<byte[]>(4), reader.GetInt32(3));
            Split(raw, packs[(reader.GetInt64(0), reader.GetInt16(1))], file, places);
        }
    }

    private static void Split(ReadOnlySpan<byte> raw, List<Call> rows, BlobFile file, Dictionary<Call, (long, int)> places)
    {
        var ord = 0;
        foreach (var row in rows)
        {
            for (; ord < row.PackOrd; ord++)
            {
                raw = raw[(sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(raw))..];
            }

            var stored = StoredCall.Parser.ParseFrom(raw.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(raw)));
            SealedHeaders.Thin(stored, row);
            var blob = stored.ToByteArray();
            places[row] = (file.Add(blob), blob.Length);
        }
    }
}
