using System.Runtime.CompilerServices;
using KubeLens.Store.Database;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.AccessReview;

/// <summary>Counts uses, and adds them to <c>access_day</c> in the transaction in which their calls are sealed: whoever does has the turn of <see cref="Sealing.SealingRun.TakeTurnAsync"/>, so that nobody else writes there.</summary>
internal sealed class AccessTally
{
    private const int AtOnce = 5_000;

    private readonly Dictionary<AccessKey, AccessCount> _counts = [];

    public IReadOnlyDictionary<AccessKey, AccessCount> Counts => _counts;

    public AccessCount Of(AccessKey key) => _counts.TryGetValue(key, out var known) ? known : _counts[key] = new AccessCount();

    public void Add(Call call) => Add(call, AccessKey.Of(call));

    /// <param name="call">A call.</param>
    /// <param name="key">As which it counts.</param>
    public void Add(Call call, AccessKey key) => Of(key).Add(call.At, AccessName.Of(call.Name, call.Path));

    /// <summary>Counts calls on their way.</summary>
    public async IAsyncEnumerable<Call> PassAsync(IAsyncEnumerable<Call> calls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var call in calls.WithCancellation(cancellationToken))
        {
            Add(call);
            yield return call;
        }
    }

    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var some in _counts.Chunk(AtOnce))
        {
            await WriteAsync(connection, some, cancellationToken);
        }
    }

    private static async Task WriteAsync(NpgsqlConnection connection, KeyValuePair<AccessKey, AccessCount>[] counts, CancellationToken cancellationToken)
    {
        var names = counts.SelectMany((count, i) => count.Value.Names.Select(name => (Place: i, Name: name))).ToList();
        await using var command = new NpgsqlCommand($"""
            insert into access_day as r (day, cluster_id, user_id, as_id, resource_id, verb_id, namespace_id, result, calls, last_at, has_more, names)
            select k.day, k.cluster_id, k.user_id, k.as_id, k.resource_id, k.verb_id, k.namespace_id, k.result, k.calls, k.last_at, k.has_more, coalesce(n.names, array[]::text[])
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as k (place, day, cluster_id, user_id, as_id, resource_id, verb_id, namespace_id, result, calls, last_at, has_more)
            left join (select place, array_agg(name order by name) as names from unnest($13, $14) as n (place, name) group by place) n using (place)
            on conflict (user_id, day, as_id, cluster_id, resource_id, verb_id, namespace_id, result) do update set
                calls = r.calls + excluded.calls,
                last_at = greatest(r.last_at, excluded.last_at),
                names = case when r.names @> excluded.names then r.names else array(select distinct n from unnest(r.names || excluded.names) n order by n limit {AccessCount.MaxNames}) end,
                has_more = r.has_more or excluded.has_more or (select count(distinct n) from unnest(r.names || excluded.names) n) > {AccessCount.MaxNames}
            """, connection)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new NpgsqlParameter<int[]> { TypedValue = [.. Enumerable.Range(0, counts.Length)] },
                new NpgsqlParameter { Value = Array.ConvertAll(counts, count => count.Key.Day), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
                Ids(counts, key => key.ClusterId),
                Ids(counts, key => key.UserId),
                Ids(counts, key => key.AsId),
                Ids(counts, key => key.ResourceId),
                Ids(counts, key => key.VerbId),
                Ids(counts, key => key.NamespaceId),
                new NpgsqlParameter<short[]> { TypedValue = Array.ConvertAll(counts, count => (short)count.Key.Result) },
                new NpgsqlParameter<long[]> { TypedValue = Array.ConvertAll(counts, count => count.Value.Calls) },
                new NpgsqlParameter<DateTime[]> { TypedValue = Array.ConvertAll(counts, count => count.Value.LastAt) },
                new NpgsqlParameter<bool[]> { TypedValue = Array.ConvertAll(counts, count => count.Value.HasMore) },
                new NpgsqlParameter<int[]> { TypedValue = [.. names.Select(name => name.Place)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. names.Select(name => name.Name)] },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter<int[]> Ids(KeyValuePair<AccessKey, AccessCount>[] counts, Func<AccessKey, int> id) => new() { TypedValue = Array.ConvertAll(counts, count => id(count.Key)) };
}
