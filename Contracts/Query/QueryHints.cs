using System.Collections.Immutable;

namespace KubeLens.Contracts.Query;

/// <summary>Warnings about terms that are understood but probably not meant: W301 contradiction, W302 lower-case operator, W304 a field without its colon.</summary>
internal static class QueryHints
{
    public static void Find(string text, IReadOnlyList<QueryTerm> terms, QueryMessages messages)
    {
        NoColons(text, terms, messages);
        if (!Operators(text, terms, messages))
        {
            Contradictions(text, terms, messages);
        }
    }

    // True when one was found: what stands beside it is no contradiction then.
    private static bool Operators(string text, IReadOnlyList<QueryTerm> terms, QueryMessages messages)
    {
        var found = false;
        for (var i = 0; i < terms.Count - 1; i++)
        {
            if (WordOf(terms[i]) is not { } word || OperatorOf(word, i > 0) is not { } meant)
            {
                continue;
            }

            var (start, end) = (terms[i].Start, terms[i].End);
            messages.Add("W302", start, end - start, $"\"{word}\" is searched as text; the operator is {meant}.", messages.Replaced(start, end, meant));
            found = true;
        }

        return found;
    }

    // status=404, latency>5s: text by the grammar, and never meant.
    private static void NoColons(string text, IReadOnlyList<QueryTerm> terms, QueryMessages messages)
    {
        foreach (var term in terms)
        {
            if (WordOf(term) is not { } word || word.IndexOfAny(['=', '>', '<', '~']) is not (> 0 and var sign) || QueryFields.Find(word[..sign]) is not { } field)
            {
                continue;
            }

            var spec = word[sign..] is ['=', ..] ? word[sign..].TrimStart('=') : word[sign..];
            var (start, end) = (term.Start, term.End);
            messages.Add("W304", start, end - start, $"\"{word}\" is searched as text; a field has a colon.", spec.Length > 0 ? messages.Replaced(start, end, $"{field.Name}:{spec}") : "");
        }
    }

    // A word in parentheses was looked at inside them.
    private static string? WordOf(QueryTerm term) => term.Node is TextNode { Value: { Quoted: false, Text: var word } } && term.End - term.Start == word.Length ? word : null;

    private static string? OperatorOf(string word, bool between) => word switch
    {
        "or" or "Or" or "||" or "|" when between => "OR",
        "and" or "And" or "&&" or "&" when between => "AND",
        "not" or "Not" or "!" => "NOT",
        _ => null,
    };

    private static void Contradictions(string text, IReadOnlyList<QueryTerm> terms, QueryMessages messages)
    {
        Dictionary<string, QueryTerm>? firsts = null;
        foreach (var term in terms)
        {
            var negated = term.Node is NotNode;
            if ((negated ? ((NotNode)term.Node).Item : term.Node) is not FieldNode { Operator: QueryOperator.Any } node || !IsExact(node))
            {
                continue;
            }

            firsts ??= [];
            var isFirst = !firsts.TryGetValue(node.Field, out var first);
            if (isFirst)
            {
                firsts[node.Field] = term;
            }
            else if (Clash(first, term) is { } fix)
            {
                messages.Add("W301", term.Start, term.End - term.Start, $"{text[first.Start..first.End]} and {text[term.Start..term.End]} are never both true.", fix(text));
            }
        }
    }

    // The fix of two values is a list of both; of a term and its negation, the first alone.
    private static Func<string, string>? Clash(QueryTerm first, QueryTerm second)
    {
        switch (first.Node, second.Node)
        {
            case (FieldNode a, FieldNode b) when !a.Values.Any(v => b.Values.Any(w => Overlap(a, v, w))):
                var list = new FieldNode(a.Field, a.Path, QueryOperator.Any, [.. a.Values, .. b.Values]);
                return text => string.Concat(text.AsSpan(0, first.Start), QueryPrinter.Print(list), QueryRemoval.Of(text, second.Start, second.End).AsSpan(first.End));
            case (FieldNode a, NotNode { Item: FieldNode b }) when a.Values.All(v => b.Values.Any(w => v.Text == w.Text)):
            case (NotNode { Item: FieldNode b2 }, FieldNode a2) when a2.Values.All(v => b2.Values.Any(w => v.Text == w.Text)):
                return text => QueryRemoval.Of(text, second.Start, second.End);
            default:
                return null;
        }
    }

    private static bool Overlap(FieldNode node, QueryValue a, QueryValue b) =>
        QueryFields.Find(node.Field) is { Ordered: true } field
            ? QueryInterval.TryParse(field.Kind, a, out var x) && QueryInterval.TryParse(field.Kind, b, out var y) && x.Overlaps(y)
            : a.Text == b.Text;

    private static bool IsExact(FieldNode node) =>
        QueryFields.Find(node.Field) is { MultiValued: false } field
        && !node.Values.Any(v => v.HasWildcards || (field.Kind == QueryKind.Resource && v.Text.AsSpan().ContainsAny('.', '/')));
}
