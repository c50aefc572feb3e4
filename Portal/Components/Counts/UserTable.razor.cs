using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>The users with the most calls, and which share of theirs changed something, was denied or failed. Each share is asked for by itself, after the calls.</summary>
public sealed partial class UserTable
{
    private const string Field = "user";
    // As many as the Store tells.
    private const int Most = 50;

    private static readonly (string Key, string Label, string Term)[] Shares =
    [
        ("writes", "Writes", "is:mutating"),
        ("denied", "Denied", "is:denied"),
        ("errors", "Errors", "status:(4xx,5xx,none)"),
    ];

    private static readonly (string Key, string Label, bool IsText)[] Columns =
        [(Field, "User", true), ("kind", "Kind", true), ("calls", "Calls", false), .. Shares.Select(share => (share.Key, share.Label, false))];

    private readonly Dictionary<string, CallFacet> _counted = [];
    private readonly List<((string Key, string Label, string Term) Share, StoreFailure Problem)> _failed = [];

    /// <summary>What is sorted by: a column's key, after <c>-</c> downwards.</summary>
    [Parameter]
    public string Sort { get; set; } = DefaultSort;

    [Parameter]
    public EventCallback<string> OnSort { get; set; }

    /// <summary>So many calls were counted.</summary>
    [Parameter]
    public EventCallback<long> OnCounted { get; set; }

    public static string DefaultSort => "-calls";

    private CallFacet? All => Value is { Fields: [var facet, ..] } ? facet : null;

    private protected override Task<StoreAnswer<CallFacets>> AskAsync(SearchUrl search, CancellationToken cancellationToken) => Calls.FacetsAsync(search, [Field], cancellationToken, Most);

    protected override async Task AnsweredAsync(CallFacets value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _counted.Clear();
        _failed.Clear();
        await OnCounted.InvokeAsync(value.Fields[0].Quality.Calls);
        if (value.Fields[0].Quality.Calls > 0)
        {
            await CountAsync(Shares);
        }
    }

    private async Task CountAsync(IEnumerable<(string Key, string Label, string Term)> shares)
    {
        var asking = Asking;
        try
        {
            foreach (var share in shares.ToList())
            {
                _failed.RemoveAll(failed => failed.Share == share);
                StateHasChanged();
                var answer = await Calls.FacetsAsync(Url with { Query = QueryEdits.With(Url.Query, share.Term) }, [Field], asking, Most);
                asking.ThrowIfCancellationRequested();
                if (answer.Value is { Fields: [var facet, ..] })
                {
                    _counted[share.Key] = facet;
                }
                else
                {
                    _failed.Add((share, answer.Failure ?? new StoreFailure("The Store does not count.", "none")));
                }
            }

            StateHasChanged();
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            // Another search took its place, or the page was left.
        }
    }

    private string Of(string query, FacetValue user) => (Url with { Query = QueryEdits.Filter(query, Field, user.Value, excluded: false) }).ToString();

    private IEnumerable<FacetValue> Sorted(CallFacet all)
    {
        var down = Sort.StartsWith('-');
        var sorted = Sort.TrimStart('-') switch
        {
            Field => all.Values.OrderBy(user => user.Value, StringComparer.Ordinal),
            "kind" => all.Values.OrderBy(user => UserKind.LabelOf(user.Value), StringComparer.Ordinal),
            "calls" => all.Values.OrderBy(user => user.Calls),
            var key => all.Values.OrderBy(user => _counted.TryGetValue(key, out var some) ? UserShare.Of(user, all, some).Order : 0).ThenBy(user => user.Calls),
        };
        return down ? sorted.Reverse() : sorted;
    }

    // Text from its beginning first, figures from the greatest.
    private string Turned(string key, bool isText) => Sort == key ? $"-{key}" : Sort == $"-{key}" ? key : isText ? key : $"-{key}";
}
