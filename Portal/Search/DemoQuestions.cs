namespace KubeLens.Portal.Search;

/// <summary>What the demo's history has an answer to: one click each. DemoCluster/Life/Story plays the answers.</summary>
public static class DemoQuestions
{
    // The night shell may be most of a day ago.
    private const string Day = "now-24h";

    public static IReadOnlyList<(string Question, SearchUrl Answer)> All { get; } =
    [
        ("Who deleted payments-api?", At("verb:delete resource:deployments name:payments-api")),
        ("What changed before the crash loop?", At("is:mutating ns:shop name:checkout* resource:(configmaps,deployments)")),
        ("Who reads secrets?", At("is:secret class:read")),
        ("Which client lists everything?", At("verb:list resource:pods respsize:>=64KiB")),
        ("What did the night shell do?", At("is:exec")),
    ];

    private static SearchUrl At(string query) => new(query, Day, SearchUrl.DefaultTo);
}
