using KubeLens.Store.Database;
using Npgsql;

namespace KubeLens.Store.Ingest;

/// <summary>Writes rows by binary COPY, inside the caller's transaction.</summary>
internal static class CallCopy
{
    private const int PackColumns = 7;

    public static Task WriteAsync(NpgsqlConnection connection, string table, IReadOnlyCollection<Call> calls, CancellationToken cancellationToken) =>
        WriteAsync(connection, table, "", calls, null, cancellationToken);

    /// <param name="moreColumns">Columns that the table has besides, each with a comma before it.</param>
    /// <param name="writeMore">Writes them.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, string table, string moreColumns, IReadOnlyCollection<Call> calls, Action<CopyRows, Call>? writeMore, CancellationToken cancellationToken)
    {
        if (calls.Count == 0)
        {
            return;
        }

        using var copy = new CopyRows();
        var values = CallColumns.Count + moreColumns.Count(c => c == ',');
        foreach (var c in calls)
        {
            // In the order of CallColumns.All.
            copy.Row(values);
            copy.Write(c.At);
            copy.Write(c.BatchId);
            copy.Write(c.Ord);
            copy.Write(c.Sequence);
            copy.Write(c.AuditId);
            copy.Write(c.TraceId);
            copy.Write(c.SpanId);
            copy.Write(c.LatencyUs);
            copy.Write(c.RequestBytes);
            copy.Write(c.ResponseBytes);
            copy.Write(c.UserId);
            copy.Write(c.ImpersonatedUserId);
            copy.Write(c.CallerId);
            copy.Write(c.UserAgentId);
            copy.Write(c.AddressId);
            copy.Write(c.NamespaceId);
            copy.Write(c.ResourceId);
            copy.Write(c.VerbId);
            copy.Write(c.MethodId);
            copy.Write(c.ReasonId);
            copy.Write(c.ClusterId);
            copy.Write(c.GatewayId);
            copy.Write(c.Status);
            copy.Write(c.Outcome);
            copy.Write((int)c.Flags);
            copy.Write(c.PackSeq);
            copy.Write(c.PackOrd);
            copy.Write(c.DropDay);
            copy.Write(c.Name);
            copy.Write(c.Path);
            copy.Write(c.Query);
            copy.Write(c.ClientTlsId);
            copy.Write(c.PeerId);
            copy.Write(c.UpstreamUs);
            copy.Write(c.WorkloadId);
            copy.Write(c.Uid);
            copy.Write(c.ResourceVersion);
            copy.Write(c.Session);
            copy.Write(c.OptionsId);
            copy.Write(c.WarningsId);
            copy.Write(c.DecisionId);
            copy.Write(c.AuditedAt);
            writeMore?.Invoke(copy, c);
        }

        await copy.SendAsync(connection, $"{table} ({CallColumns.All}{moreColumns})", cancellationToken);
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

        using var copy = new CopyRows();
        foreach (var p in packs)
        {
            copy.Row(PackColumns);
            copy.Write(p.DropDay);
            copy.Write(p.BatchId);
            copy.Write(p.Seq);
            copy.Write(p.Codec);
            copy.Write(p.Calls);
            copy.Write(p.RawLength);
            copy.Write(p.Data);
        }

        await copy.SendAsync(connection, table, cancellationToken);
    }
}
