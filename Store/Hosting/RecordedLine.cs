namespace KubeLens.Store.Hosting;

/// <summary>What somebody says of what they do, to be kept with it.</summary>
internal static class RecordedLine
{
    private const int Longest = 1_000;

    public static readonly string Expected = FormattableString.Invariant($"has to be one line of 1 to {Longest} characters: it is recorded.");

    /// <summary>Null when it is not one line of text.</summary>
    public static string? Read(string? sent) => sent?.Trim() is { Length: > 0 and <= Longest } text && !text.Any(char.IsControl) ? text : null;
}
