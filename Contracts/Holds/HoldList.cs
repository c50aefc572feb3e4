namespace KubeLens.Contracts.Holds;

/// <summary>Every legal hold, and what they cost together.</summary>
/// <param name="Items">Those in force first, the newest first among each.</param>
/// <param name="KeptCalls">Calls that all of them keep beyond their time, each counted once.</param>
/// <param name="KeptBytes">What the headers and bodies of these take.</param>
public sealed record HoldList(IReadOnlyList<HoldItem> Items, long KeptCalls, long KeptBytes);
