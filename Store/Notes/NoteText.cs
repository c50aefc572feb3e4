using KubeLens.Contracts.Query;

namespace KubeLens.Store.Notes;

/// <summary>Reads what a note is to say.</summary>
internal static class NoteText
{
    private const int Longest = 2_000;
    private const string Code = "Q172";

    /// <summary>Null where <paramref name="errors"/> has what is wrong with it.</summary>
    public static string? Read(string? sent, out IReadOnlyList<QueryMessage> errors)
    {
        var text = (sent ?? "").ReplaceLineEndings("\n").Trim();
        var wrong = text.Length is 0 or > Longest ? FormattableString.Invariant($"text: expected 1 to {Longest} characters, and there are {text.Length}.")
            : text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? "text: there are control characters in it; leave all out but line breaks and tabs."
            : null;
        errors = wrong is null ? [] : [new QueryMessage(Code, "text", 0, Math.Max(text.Length, 1), wrong, "")];
        return wrong is null ? text : null;
    }
}
