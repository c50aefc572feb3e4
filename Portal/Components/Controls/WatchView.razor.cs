using KubeLens.Contracts.Search;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>The events of a watch: how many of which type, when, up to which resource version, and the first ones.</summary>
public sealed partial class WatchView
{
    [Parameter, EditorRequired]
    public WatchItem Watch { get; set; } = default!;

    private long Total => Types.Sum(type => type.Count.Events);

    private IReadOnlyList<(string Type, WatchCount Count)> Types => [.. new (string Type, WatchCount Count)[]
    {
        ("ADDED", Watch.Added),
        ("MODIFIED", Watch.Modified),
        ("DELETED", Watch.Deleted),
        ("BOOKMARK", Watch.Bookmarks),
        ("ERROR", Watch.Errors),
        ("other", Watch.Unknown),
    }.Where(type => type.Count.Events > 0 || type.Type is "ADDED" or "MODIFIED" or "DELETED")];

    private IReadOnlyList<Fact> Facts =>
    [
        new("First event", After(Watch.FirstMs)),
        new("Last event", After(Watch.LastMs)),
        new("First version", Watch.FirstVersion, Mono: true),
        new("Last version", Watch.LastVersion, Mono: true),
        new("Last bookmark", Watch.BookmarkVersion, Mono: true),
        new("Encoding", Watch.Encoding),
    ];

    private static string After(double? milliseconds) => milliseconds is { } after ? $"{Show.Latency(after)} after the start" : "";

    private static string ObjectOf(WatchEventItem e) => e.Namespace.Length > 0 ? $"{e.Namespace}/{e.Name}" : e.Name;
}
