using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Search;

namespace KubeLens.Store.Tests.Counts;

/// <summary>Counts said again, call by call.</summary>
internal static class NaiveCounts
{
    /// <summary>Of one bucket, in the order of <see cref="HistogramBucket"/>.</summary>
    public static HistogramBucket Bucket(IEnumerable<CallRecord> calls, QueryNode query, DateTimeOffset start, int seconds, DateTimeOffset from, DateTimeOffset to)
    {
        var own = calls.Where(call => call.Time >= start && call.Time < start.AddSeconds(seconds) && call.Time >= from && call.Time <= to && NaiveQuery.Matches(query, call)).ToList();
        return new HistogramBucket(start, own.Count(call => call.Status is > 0 and < 400), own.Count(call => call.Status is >= 400 and < 500), own.Count(call => call.Status >= 500), own.Count(call => call.Status == 0));
    }

    /// <summary>Whether a call has a value of a field, by the query language.</summary>
    public static bool Has(CallRecord call, QueryNode rest, string field, string value) =>
        NaiveQuery.Matches(QueryNodes.All([rest, QueryNodes.Field(field, QueryOperator.Any, QueryValue.Exact(value))]), call);

    /// <summary>Whether a call has some value of it.</summary>
    public static bool HasAny(CallRecord call, string field) => field switch
    {
        "status" => true,
        "class" or "kind" => QueryFields.Find(field)!.Choices.Any(choice => Has(call, AllNode.Instance, field, choice)),
        _ => NaiveQuery.Matches(QueryNodes.Field(field, QueryOperator.Present), call),
    };
}
