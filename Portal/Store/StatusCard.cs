using KubeLens.Contracts.Health;

namespace KubeLens.Portal.Store;

/// <summary>One part of a status, to be shown.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="Health">One of <see cref="StatusHealth"/>.</param>
/// <param name="Reason">Why it is not well; empty where it is.</param>
/// <param name="LastFault">Null for none.</param>
/// <param name="Facts">In the order in which they are shown; none where nothing is known.</param>
internal sealed record StatusCard(string Title, string Health, string Reason, StatusFault? LastFault, IReadOnlyList<(string Name, string Value)> Facts)
{
    /// <summary>Its values are sentences.</summary>
    public bool IsWide { get; init; }

    public (string Css, string Glyph) Look => Health switch
    {
        StatusHealth.Ok => ("status-ok", "✓"),
        StatusHealth.Warning => ("status-warn", "▲"),
        StatusHealth.Failing => ("status-fail", "✖"),
        _ => ("status-none", "?"),
    };
}
