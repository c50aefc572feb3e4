using KubeLens.Store.Database;
using Npgsql;

namespace KubeLens.Store.Sealing;

/// <summary>Of some stored calls those that may be changed until the caller's transaction ends: rows of open hours, and sealed calls while nobody seals. What may not be now may be soon.</summary>
internal sealed class AlterableCalls
{
    private readonly ClosedHours _closed;
    private readonly bool _turn;

    private AlterableCalls(ClosedHours closed, bool turn) => (_closed, _turn) = (closed, turn);

    /// <param name="connection">In a transaction.</param>
    /// <param name="calls">As they were found.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task<AlterableCalls> ReadAsync(NpgsqlConnection connection, IReadOnlyCollection<Call> calls, CancellationToken cancellationToken) => new(
        await ClosedHours.ReadAsync(connection, calls.Where(call => call.Segment == 0).Select(call => call.At), cancellationToken),
        calls.Any(call => call.Segment != 0) && await SealingRun.TryTakeTurnAsync(connection, cancellationToken));

    public bool Has(Call call) => call.Segment != 0 ? _turn : !_closed.Has(call.At);
}
