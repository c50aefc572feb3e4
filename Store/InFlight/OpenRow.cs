using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using Npgsql;

namespace KubeLens.Store.InFlight;

/// <summary>An open call as search reads it.</summary>
/// <param name="Row">As an ended call; batch and ordinal mean nothing.</param>
/// <param name="Id">What it is known under.</param>
/// <param name="Running">False when its gateway was lost.</param>
internal sealed record OpenRow(Call Row, OpenCallId Id, bool Running)
{
    /// <summary>After <see cref="CallColumns.All"/>.</summary>
    public const string Columns = "boot, running";

    public static OpenRow Read(NpgsqlDataReader row)
    {
        var call = CallColumns.Read(row);
        return new OpenRow(call, new OpenCallId(row.GetString(row.GetOrdinal("boot")), call.Sequence), row.GetBoolean(row.GetOrdinal("running")));
    }

    public CallItem Show(CallItem item) => item with { Id = Id.ToString(), InFlight = Running };
}
