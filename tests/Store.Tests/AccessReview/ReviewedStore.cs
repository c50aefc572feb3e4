using System.Net.Http.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Sealing;

namespace KubeLens.Store.Tests.AccessReview;

/// <summary>Asks for access reviews, and makes calls for them.</summary>
internal static class ReviewedStore
{
    public static async Task<AccessReviewResult> ReviewAsync(this TestStore store, string subject, CancellationToken cancellationToken, string more = "", string from = "now-3d") =>
        (await store.Auditor.GetFromJsonAsync<AccessReviewResult>($"/api/v1/access-review?subject={Uri.EscapeDataString(subject)}&from={from}{more}", cancellationToken))!;

    /// <summary>A line for each right.</summary>
    public static IReadOnlyList<string> Lines(this AccessReviewResult review) =>
        [.. review.Uses.Select(use => FormattableString.Invariant($"{use.Namespace}:{use.ApiGroup}:{use.Resource}/{use.Subresource} {use.Verb} {use.Calls}-{use.Denied}-{use.Undecided} {string.Join(',', use.Names)}{(use.HasMoreNames ? ",..." : "")}"))];

    public static IReadOnlyList<string> Lines(this AccessReviewResult review, string resource) => [.. review.Lines().Where(line => line.Contains($":{resource}/", StringComparison.Ordinal))];

    /// <summary>Calls that differ in their names, an ordinal after a dash.</summary>
    public static List<CallRecord> Batch(int size, int hoursAgo, Func<CallRecord, int, CallRecord> change)
    {
        var batch = SampleCalls.NextBatchId();
        return [.. Enumerable.Range(0, size).Select(i => change(SampleCalls.One() with { Time = SealedStore.HourAgo(hoursAgo).AddSeconds(i), Sequence = i + 1, Position = SampleCalls.Position(i, size, batch) }, i))];
    }

    public static CallRecord About(this CallRecord call, string verb, string resource, string name, string space = "shop", int status = 200, string group = "", string sub = "") => call with
    {
        Verb = verb,
        Resource = resource,
        Subresource = sub,
        ApiGroup = group,
        Namespace = space,
        Name = name,
        Status = status,
        Path = $"/{(group.Length > 0 ? $"apis/{group}" : "api")}/v1{(space.Length > 0 ? $"/namespaces/{space}" : "")}/{resource}{(name.Length > 0 ? "/" : "")}{name}{(sub.Length > 0 ? "/" : "")}{sub}",
    };

    public static CallRecord AboutPath(this CallRecord call, string path, string verb = "get", int status = 200) => call with { Verb = verb, Resource = "", ApiVersion = "", ApiPrefix = "", Namespace = "", Name = "", Status = status, Path = path };
}
