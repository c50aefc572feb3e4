using System.Buffers;

namespace KubeLens.Portal.CopyAs;

/// <summary>A command line for a POSIX shell. Recorded text is data in it, whatever it holds.</summary>
internal static class ShellWords
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:=@,+%");

    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>Bare where that says the same; else between single quotes, in which nothing but themselves means anything.</summary>
    public static string Quote(string word)
        => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
