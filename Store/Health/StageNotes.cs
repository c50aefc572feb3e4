using System.Collections.Concurrent;
using KubeLens.Contracts.Health;

namespace KubeLens.Store.Health;

/// <summary>What became of the Store's own work since its start: the last fault of each stage, and when it last came to its end.</summary>
internal sealed class StageNotes(TimeProvider time)
{
    private const int LongestText = 500;

    private readonly ConcurrentDictionary<Stage, StatusFault> _faults = new();
    private readonly ConcurrentDictionary<Stage, DateTimeOffset> _done = new();

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public void Failed(Stage stage, string text) => _faults[stage] = new StatusFault(time.GetUtcNow(), text.Length > LongestText ? text[..LongestText] + "…" : text);

    public void Done(Stage stage) => _done[stage] = time.GetUtcNow();

    /// <summary>Null for none.</summary>
    public StatusFault? LastFault(Stage stage) => _faults.GetValueOrDefault(stage);

    /// <summary>Null for never.</summary>
    public DateTimeOffset? LastDone(Stage stage) => _done.TryGetValue(stage, out var at) ? at : null;

    /// <summary>It failed, and has not come to its end since.</summary>
    public bool IsFailing(Stage stage) => LastFault(stage) is { } fault && (LastDone(stage) is not { } done || done < fault.Time);
}
