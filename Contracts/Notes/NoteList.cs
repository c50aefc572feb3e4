namespace KubeLens.Contracts.Notes;

/// <summary>The notes on a call.</summary>
/// <param name="Items">The oldest first.</param>
public sealed record NoteList(IReadOnlyList<NoteItem> Items);
