using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Compare;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>What tells the calls of a stretch of the histogram from the rest: the fields that differ most, with what was counted on both sides.</summary>
public sealed partial class CompareView
{
    // As many as the Store tells of one.
    private const int Values = 50;

    private static readonly string[] Fields = ["verb", "class", "status", "resource", "ns", "user", "kind", "client", "cluster", "gateway"];

    private ComparedRanges? _ranges;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private protected override async Task<StoreAnswer<Comparison>> AskAsync(SearchUrl search, CancellationToken cancellationToken)
    {
        _zone = await Browser.ZoneAsync(cancellationToken);
        _ranges = ComparedRanges.Of(search, Clock.GetUtcNow());
        if (_ranges is not { } ranges)
        {
            return new(StoreOutcome.Ok);
        }

        var answers = await Task.WhenAll(ranges.Rest.Prepend(ranges.Here).Select(range => Calls.FacetsAsync(range, Fields, cancellationToken, Values)));
        return answers.FirstOrDefault(answer => answer.Value is null) is { } missing
            ? new(missing.Outcome, Problem: missing.Problem, Failure: missing.Failure)
            : new(StoreOutcome.Ok, Comparison.Of(search.Query, answers[0].Value!, [.. answers.Skip(1).Select(answer => answer.Value!)]));
    }

    private static string QualityOf(FieldDifference field)
    {
        var rest = field.Rest.Where(part => part.Basis != CountQuality.Exact).ToList();
        var here = field.Here.Basis == CountQuality.Exact ? "" : $"{Quality.Of(field.Here)} here";
        var there = rest.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"newest {rest.Sum(part => part.Calls):N0} of the rest");
        return here.Length + there.Length == 0 ? "exact" : string.Join(", ", new[] { here, there }.Where(part => part.Length > 0));
    }

    private static string Count(ValueCount count) => string.Create(CultureInfo.InvariantCulture, $"{(count.Least < count.Most ? "≤ " : "")}{count.Most:N0}");

    private static string ShareOf(ValueCount count) => $"{(count.Least < count.Most ? "≤ " : "")}{Show.Percent(count.Most, count.All)}";

    private static string Percent(ValueCount count) => (100 * Math.Min(1, count.MostShare)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Foot(Comparison comparison)
    {
        var alike = comparison.Alike.Count == 0 || comparison.Fields.Count == 0 ? "" : $"Alike: {Words(comparison.Alike)}.";
        var limited = comparison.Limited.Count == 0 ? "" : $"Not compared, since the query names them: {Words(comparison.Limited)}.";
        return $"{alike} {limited}".Trim();

        static string Words(IEnumerable<string> fields) => string.Join(", ", fields.Select(field => FacetText.LabelOf(field).ToLowerInvariant()));
    }

    private Task OnlyAsync(string field, string value) => OnSearch.InvokeAsync(Url with { Query = QueryEdits.Filter(Url.Query, field, value, excluded: false) });
}
