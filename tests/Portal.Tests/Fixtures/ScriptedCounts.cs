using System.Globalization;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>Counts calls as the Store's contract says.</summary>
internal static class ScriptedCounts
{
    private static readonly int[] Widths = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];

    public static CallHistogram Histogram(IReadOnlyList<CallDetails> calls, DateTimeOffset from, DateTimeOffset to, int most)
    {
        var width = Widths.First(width => (Start(to, width) - Start(from, width)).TotalSeconds / width + 1 <= most || width == Widths[^1]);
        var buckets = new List<HistogramBucket>();
        for (var start = Start(from, width); start <= to; start = start.AddSeconds(width))
        {
            var inside = calls.Where(call => call.Time >= start && call.Time < start.AddSeconds(width)).ToList();
            int Count(Func<int, bool> is_) => inside.Count(call => call.Status is { } status && is_(status));
            buckets.Add(new(start, Count(status => status < 400), Count(status => status is >= 400 and < 500), Count(status => status >= 500), inside.Count(call => call.Status is null)));
        }

        return new CallHistogram(from, to, width, buckets, new CountQuality(CountQuality.Exact, from, calls.Count));
    }

    public static CallFacet Facet(IReadOnlyList<CallDetails> calls, string field, DateTimeOffset from)
    {
        var values = calls.Select(call => ValueOf(call, field)).ToList();
        var counted = values.Where(value => value.Length > 0).GroupBy(value => value).Select(group => new FacetValue(group.Key, group.Count())).OrderByDescending(value => value.Calls).ThenBy(value => value.Value, StringComparer.Ordinal).ToList();
        return new CallFacet(field, [.. counted.Take(10)], counted.Skip(10).Sum(value => value.Calls), values.Count(value => value.Length == 0), new CountQuality(CountQuality.Exact, from, calls.Count));
    }

    private static DateTimeOffset Start(DateTimeOffset time, int width) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds() / width * width);

    public static string ValueOf(CallDetails call, string field) => field switch
    {
        "verb" => call.Verb,
        "status" => call.Status?.ToString(CultureInfo.InvariantCulture) ?? "none",
        "resource" when call.Resource.Length > 0 => $"{call.Resource}.{(call.ApiGroup.Length > 0 ? call.ApiGroup : "core")}{(call.Subresource.Length > 0 ? "/" : "")}{call.Subresource}",
        "resource" => "",
        "ns" => call.Namespace,
        "user" => call.User,
        "kind" => call.User.StartsWith("system:serviceaccount:", StringComparison.Ordinal) ? "sa" : call.User.StartsWith("system:", StringComparison.Ordinal) ? "system" : "human",
        "client" => call.UserAgent.Split('/', ' ')[0],
        "class" => VerbClasses.Of(call.Verb, call.Subresource).ToString().ToLowerInvariant(),
        "gateway" => call.Gateway,
        "cluster" => call.Cluster,
        _ => throw new NotSupportedException($"No test counts {field} yet."),
    };
}
