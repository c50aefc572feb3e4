namespace KubeLens.Portal.Search.Completion;

/// <summary>What may be written in the place of a word.</summary>
/// <param name="Start">Where the word begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Closes">A space belongs behind what is written.</param>
/// <param name="Options">At least one.</param>
public sealed record QueryCompletion(int Start, int End, bool Closes, IReadOnlyList<QueryOption> Options);
