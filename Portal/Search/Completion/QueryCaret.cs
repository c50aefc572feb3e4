using KubeLens.Contracts.Query;

namespace KubeLens.Portal.Search.Completion;

/// <summary>The word that is being written, as far as a half-written query tells.</summary>
/// <param name="Start">Where what can be completed begins.</param>
/// <param name="End">Where the word ends: all of it is replaced.</param>
/// <param name="Field">The field whose value it is, or null for what may become a field.</param>
/// <param name="Typed">What stands before the caret.</param>
/// <param name="IsInList">It is one of several values in parentheses.</param>
/// <param name="Rest">The query without the whole term; everything when that is no query.</param>
internal sealed record QueryCaret(int Start, int End, QueryField? Field, string Typed, bool IsInList, QueryNode Rest)
{
    private const string Boundaries = " \t\n(),\"";

    /// <summary>Null where nothing can be completed: within quotes, behind an operator, after a word that is no field.</summary>
    public static QueryCaret? At(string text, int caret)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        if (Scan(text, caret) is not { } word)
        {
            return null;
        }

        var field = word.Value < 0 ? null : QueryFields.Find(text[word.Term..(word.Value - (word.List ? 2 : 1))].TrimEnd(':'));
        if (word.Value >= 0 && field is null)
        {
            return null;
        }

        var start = word.Value < 0 ? word.Term : Math.Max(word.Value, word.Item);
        var end = caret;
        while (end < text.Length && !Boundaries.Contains(text[end], StringComparison.Ordinal) && (word.Value >= 0 || text[end] != ':'))
        {
            end++;
        }

        // An option for a field brings its colon.
        if (field is null && end < text.Length && text[end] == ':')
        {
            end++;
        }

        var typed = text[start..caret];
        return typed.Length > 0 && "=<>!~".Contains(typed[0], StringComparison.Ordinal) || (field is null && typed is "OR" or "AND" or "NOT")
            ? null
            : new QueryCaret(start, end, field, typed, word.List, RestOf(text, word.Sign, end, word.List));
    }

    // Where the word at the caret has its parts; -1 for a value that there is none of.
    private static (int Sign, int Term, int Value, int Item, bool List)? Scan(string text, int caret)
    {
        var (sign, term, value, item, list, quoted) = (0, 0, -1, -1, false, false);
        for (var i = 0; i < caret; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case var _ when quoted:
                    break;
                case '-' when i == term && value < 0:
                    term = i + 1;
                    break;
                case ':' when value < 0 && i > term:
                    value = i + 1;
                    break;
                case '(' when value == i:
                    (value, list) = (i + 1, true);
                    break;
                case ',' or ' ' when list:
                    item = i + 1;
                    break;
                case ' ' or '\t' or '\n' or '(' or ')':
                    (sign, term, value, item, list) = (i + 1, i + 1, -1, -1, false);
                    break;
            }
        }

        return quoted ? null : (sign, term, value, item, list);
    }

    private static QueryNode RestOf(string text, int sign, int end, bool list)
    {
        var after = list && text.IndexOf(')', end) is >= 0 and var closed ? closed + 1 : end;
        return QueryParser.Parse($"{text[..sign]} {text[after..]}").Root ?? AllNode.Instance;
    }
}
