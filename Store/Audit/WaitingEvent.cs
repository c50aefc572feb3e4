using System.Text.Json;
using Npgsql;

namespace KubeLens.Store.Audit;

/// <summary>A row of <c>audit_pending</c>.</summary>
/// <param name="Key">Of <see cref="AuditEvent.Key"/>.</param>
/// <param name="Event">At its latest stage so far.</param>
/// <param name="Placed">Where the call is that it became when nobody came for it; null while it waits.</param>
internal sealed record WaitingEvent(Guid Key, AuditEvent Event, (DateTime At, long BatchId, short Ord)? Placed)
{
    public const string Columns = "key, record, placed_at, placed_batch, placed_ord";

    public static WaitingEvent Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        JsonSerializer.Deserialize<AuditEvent>(row.GetFieldValue<byte[]>(1))!,
        row.IsDBNull(2) ? null : (row.GetDateTime(2), row.GetInt64(3), row.GetInt16(4)));

    public byte[] Record() => JsonSerializer.SerializeToUtf8Bytes(Event);
}
