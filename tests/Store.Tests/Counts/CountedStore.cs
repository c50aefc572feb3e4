using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Search;

namespace KubeLens.Store.Tests.Counts;

/// <summary>Asks a Store for counts, and holds them to the naive ones.</summary>
internal static class CountedStore
{
    public static readonly string[] Fields = ["verb", "class", "status", "resource", "ns", "user", "kind", "client", "cluster", "gateway"];

    /// <summary>Time enough for whole counts, whatever else the machine does.</summary>
    public const string Patient = "--Counts:BudgetMilliseconds=120000";

    public static Task<CallHistogram> HistogramAsync(this TestStore store, string query, string from, string to, CancellationToken cancellationToken, int buckets = 60) =>
        GetAsync<CallHistogram>(store, $"/api/v1/histogram?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&buckets={buckets}", cancellationToken);

    public static Task<CallFacets> FacetsAsync(this TestStore store, string query, string from, string to, CancellationToken cancellationToken, string fields = "", int top = 50) =>
        GetAsync<CallFacets>(store, $"/api/v1/facets?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&fields={fields}&top={top}", cancellationToken);

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", null);

    /// <summary>Both endpoints say exactly what the naive counts say.</summary>
    /// <returns>How many calls the query finds.</returns>
    public static async Task<long> ShouldCountAsync(this TestStore store, IReadOnlyList<CallRecord> calls, string text, QueryNode root, DateTimeOffset from, DateTimeOffset to, int buckets, CancellationToken cancellationToken)
    {
        var histogram = await store.HistogramAsync(text, Text(from), Text(to), cancellationToken, buckets);
        histogram.Quality.ShouldBe(new CountQuality(CountQuality.Exact, from, calls.Count(call => call.Time >= from && call.Time <= to && NaiveQuery.Matches(root, call))), text);
        histogram.Buckets.Count.ShouldBeLessThanOrEqualTo(buckets);
        histogram.Buckets.ShouldBe(histogram.Buckets.Select(bucket => NaiveCounts.Bucket(calls, root, bucket.Start, histogram.BucketSeconds, from, to)), text);
        histogram.Buckets.Sum(bucket => bucket.Calls).ShouldBe(histogram.Quality.Calls, text);

        var facets = await store.FacetsAsync(text, Text(from), Text(to), cancellationToken);
        facets.Fields.Select(facet => facet.Field).ShouldBe(Fields);
        foreach (var facet in facets.Fields)
        {
            var rest = QueryFacet.Of(root, facet.Field).Rest;
            var own = calls.Where(call => call.Time >= from && call.Time <= to && NaiveQuery.Matches(rest, call)).ToList();
            foreach (var value in facet.Values)
            {
                value.Calls.ShouldBe(own.Count(call => NaiveCounts.Has(call, rest, facet.Field, value.Value)), $"{facet.Field}:{value.Value} of {text}");
            }

            facet.Absent.ShouldBe(own.Count(call => !NaiveCounts.HasAny(call, facet.Field)), $"-{facet.Field}:* of {text}");
            facet.Others.ShouldBe(own.Count(call => NaiveCounts.HasAny(call, facet.Field) && !facet.Values.Any(value => NaiveCounts.Has(call, rest, facet.Field, value.Value))), $"others of {facet.Field} of {text}");
            facet.Quality.ShouldBe(new CountQuality(CountQuality.Exact, from, own.Count), $"{facet.Field} of {text}");
            facet.Values.Select(value => value.Calls).ShouldBeInOrder(SortDirection.Descending, facet.Field);
        }

        return histogram.Quality.Calls;
    }

    private static async Task<T> GetAsync<T>(TestStore store, string path, CancellationToken cancellationToken)
    {
        using var response = await store.Auditor.GetAsync(path, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {body}");
        return JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web)!;
    }
}
