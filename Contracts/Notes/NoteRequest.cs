namespace KubeLens.Contracts.Notes;

/// <summary>A note to write, or what one is to say instead.</summary>
/// <param name="Text">1 to 2,000 characters of plain text. Viewers see it as well.</param>
public sealed record NoteRequest(string? Text);
