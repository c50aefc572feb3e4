namespace KubeLens.Contracts.Notes;

/// <summary>What somebody wrote on a call.</summary>
/// <param name="Id">Unique among all notes.</param>
/// <param name="Author">Who wrote it, and may change it.</param>
/// <param name="Text">Plain text of up to 2,000 characters, with line breaks.</param>
/// <param name="WrittenAt">UTC.</param>
/// <param name="ChangedAt">UTC; null for what stands as it was written.</param>
public sealed record NoteItem(long Id, string Author, string Text, DateTimeOffset WrittenAt, DateTimeOffset? ChangedAt);
