using KubeLens.Store.Database;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.Ingest;

/// <summary>Writes rows by binary COPY, inside the caller's transaction.</summary>
internal static class CallCopy
{
    public static Task WriteAsync(NpgsqlConnection connection, string table, IReadOnlyCollection<Call> calls, CancellationToken cancellationToken) =>
        WriteAsync(connection, table, "", calls, null, cancellationToken);

    /// <param name="moreColumns">Columns that the table has besides, each with a comma before it.</param>
    /// <param name="writeMore">Writes them.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, string table, string moreColumns, IReadOnlyCollection<Call> calls, Func<NpgsqlBinaryImporter, Call, Task>? writeMore, CancellationToken cancellationToken)
    {
        if (calls.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({CallColumns.All}{moreColumns}) from stdin (format binary)", cancellationToken);
        foreach (var c in calls)
        {
            // In the order of CallColumns.All.
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(c.At, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(c.BatchId, cancellationToken);
            await copy.WriteAsync(c.Ord, cancellationToken);
            await copy.WriteAsync(c.Sequence, cancellationToken);
            await copy.WriteAsync(c.AuditId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(c.TraceId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(c.SpanId, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(c.LatencyUs, cancellationToken);
            await copy.WriteAsync(c.RequestBytes, cancellationToken);
            await copy.WriteAsync(c.ResponseBytes, cancellationToken);
            await copy.WriteAsync(c.UserId, cancellationToken);
            await copy.WriteAsync(c.ImpersonatedUserId, cancellationToken);
            await copy.WriteAsync(c.CallerId, cancellationToken);
            await copy.WriteAsync(c.UserAgentId, cancellationToken);
            await copy.WriteAsync(c.AddressId, cancellationToken);
            await copy.WriteAsync(c.NamespaceId, cancellationToken);
            await copy.WriteAsync(c.ResourceId, cancellationToken);
            await copy.WriteAsync(c.VerbId, cancellationToken);
            await copy.WriteAsync(c.MethodId, cancellationToken);
            await copy.WriteAsync(c.ReasonId, cancellationToken);
            await copy.WriteAsync(c.ClusterId, cancellationToken);
            await copy.WriteAsync(c.GatewayId, cancellationToken);
            await copy.WriteAsync(c.Status, cancellationToken);
            await copy.WriteAsync(c.Outcome, cancellationToken);
            await copy.WriteAsync((int)c.Flags, cancellationToken);
            await copy.WriteAsync(c.PackSeq, cancellationToken);
            await copy.WriteAsync(c.PackOrd, cancellationToken);
            await copy.WriteAsync(c.DropDay, NpgsqlDbType.Date, cancellationToken);
            await copy.WriteAsync(c.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(c.Path, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(c.Query, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(c.ClientTlsId, cancellationToken);
            await copy.WriteAsync(c.PeerId, cancellationToken);
            await copy.WriteAsync(c.UpstreamUs, cancellationToken);
            await copy.WriteAsync(c.WorkloadId, cancellationToken);
            await copy.WriteAsync(c.Uid, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(c.ResourceVersion, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(c.Session, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(c.OptionsId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(c.WarningsId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(c.DecisionId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(c.AuditedAt, NpgsqlDbType.TimestampTz, cancellationToken);
            await (writeMore?.Invoke(copy, c) ?? Task.CompletedTask);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    public static Task WriteAsync(NpgsqlConnection connection, IReadOnlyCollection<Pack> packs, CancellationToken cancellationToken) =>
        WriteAsync(connection, "pack (drop_day, batch_id, seq, codec, calls, raw_length, data)", packs, cancellationToken);

    /// <param name="connection">In the caller's transaction.</param>
    /// <param name="packs">Each of a segment, whose number stands in the place of the batch's.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static Task WriteSealedAsync(NpgsqlConnection connection, IReadOnlyCollection<Pack> packs, CancellationToken cancellationToken) =>
        WriteAsync(connection, "body_pack (drop_day, seg_id, pack_no, codec, calls, raw_length, data)", packs, cancellationToken);

    private static async Task WriteAsync(NpgsqlConnection connection, string table, IReadOnlyCollection<Pack> packs, CancellationToken cancellationToken)
    {
        if (packs.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} from stdin (format binary)", cancellationToken);
        foreach (var p in packs)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(p.DropDay, NpgsqlDbType.Date, cancellationToken);
            await copy.WriteAsync(p.BatchId, cancellationToken);
            await copy.WriteAsync(p.Seq, cancellationToken);
            await copy.WriteAsync(p.Codec, cancellationToken);
            await copy.WriteAsync(p.Calls, cancellationToken);
            await copy.WriteAsync(p.RawLength, cancellationToken);
            await copy.WriteAsync(p.Data, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
