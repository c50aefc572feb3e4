using KubeLens.Store.Database;
using KubeLens.Store.Packing;
using Npgsql;

namespace KubeLens.Store.Sealing;

/// <summary>The packs of segments.</summary>
internal sealed class SealedPackReader(NpgsqlDataSource database)
{
    /// <summary>What stands for a pack that had been dropped before the hour was sealed.</summary>
    public const short NoPack = -1;

    /// <summary>The call's whole pack, decompressed; null when it has been dropped.</summary>
    public async Task<byte[]?> ReadAsync(Call call, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select codec, raw_length, data from body_pack where seg_id = $1 and pack_no = $2 and drop_day = $3");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = call.Segment });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = call.PackSeq });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = call.DropDay });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? PackCodec.Decompress(row.GetInt16(0), row.GetFieldValue<byte[]>(2), row.GetInt32(1)) : null;
    }
}
