using System.Globalization;
using System.Text.Json.Serialization;

namespace KubeLens.Store.Arrivals;

/// <summary>
/// How far somebody has followed what is stored. Transactions end in another order than their ids, so a position is a snapshot (PostgreSQL's
/// <c>pg_snapshot</c>), and what is new is what another one sees and this one does not:
/// <code>
/// told          Since                 told, by (Transaction, Batch)         Until
/// ══════════════╪══════════════════════════════════╪────────────────────────╪───▶
/// </code>
/// </summary>
/// <param name="Server">The database server's own id: another's transactions have other numbers.</param>
/// <param name="Since">Everything that it sees is told.</param>
/// <param name="Until">What it sees is being told; null when there is nothing between.</param>
/// <param name="Transaction">Up to this one, what lies between is told.</param>
/// <param name="Batch">And of that up to this one.</param>
internal sealed record ArrivalPosition(string Server, string Since, string? Until = null, ulong Transaction = 0, long Batch = 0)
{
    /// <summary>Sees nothing at all: the first id that a transaction can have is 3.</summary>
    public const string Beginning = "3:3:";

    /// <summary>Nothing between.</summary>
    [JsonIgnore]
    public bool IsAtRest => Until is null;

    /// <summary>Whether a transaction's calls may not be told yet.</summary>
    public bool MayLack(ulong transaction) => transaction > Transaction && transaction >= ulong.Parse(Since.AsSpan(0, Since.IndexOf(':', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
}
