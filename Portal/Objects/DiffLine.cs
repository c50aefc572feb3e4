namespace KubeLens.Portal.Objects;

/// <summary>A line of a difference.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Before">Its number in the older text, from 1.</param>
/// <param name="After">Its number in the newer text.</param>
/// <param name="Text">Without its end.</param>
/// <param name="Count">Of lines that stand behind a fold.</param>
internal sealed record DiffLine(DiffKind Kind, int? Before, int? After, string Text, int Count = 0);
