using System.Globalization;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Query;

/// <summary>Checks one value against its field and gives it its canonical case.</summary>
/// <param name="text">The query.</param>
/// <param name="messages">Take what is wrong.</param>
/// <param name="field">Whose values.</param>
/// <param name="path">What follows its dot; empty when there is none.</param>
internal sealed class QueryValues(string text, QueryMessages messages, QueryField field, string path)
{
    internal const string LeadingWildcardText = "A value that begins with a wildcard needs three letters in a row, or the search reads everything.";
    private const int ShortestSubstring = 3;

    private static readonly string[] KnownVerbs =
        ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy", "head", "post", "put", "options", "connect", "trace"];

    /// <summary>The value without its leading wildcards when it has too few letters for them, else null.</summary>
    public static string? LeadingWildcard(string value)
    {
        if (value.Length == 0 || value[0] is not ('*' or '?'))
        {
            return null;
        }

        var rest = value.TrimStart('*', '?');
        return rest.Split('*', '?').Any(run => run.Length >= ShortestSubstring) ? null : rest.Length > 0 ? rest : "*";
    }

    /// <summary>Null after an error.</summary>
    public QueryValue? Check(QueryPiece piece, QueryOperator op)
    {
        var value = piece.Value with { Text = field.Cased(piece.Value.Text) };
        if (op == QueryOperator.Contains && value.Text.Length < ShortestSubstring)
        {
            return Fail("Q112", piece, $"A substring needs {ShortestSubstring} characters.", IsBodyText() ? "" : messages.Replaced(piece.Start - 1, piece.End, $"{text[piece.Start..piece.End].Trim('"')}*"));
        }

        return field.Kind switch
        {
            QueryKind.Choice or QueryKind.Flag => Choice(piece, value),
            QueryKind.Status => Status(piece, op, value),
            QueryKind.Duration => Amount(piece, op, value, QueryDuration.TryParse(value.Text, out _, out var n, out var u), n, u, QueryDuration.IsUnit(u), "ms", QueryDuration.UnitNames, "500ms"),
            QueryKind.Size => Amount(piece, op, value, QuerySize.TryParse(value.Text, out _, out var n, out var u), n, u, QuerySize.IsUnit(u), "B", QuerySize.UnitNames, "64KiB"),
            QueryKind.Uuid => Id(piece, value, Guid.TryParseExact(value.Text, "D", out _), "a UUID such as 0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071"),
            QueryKind.CallId => Id(piece, value, CallId.TryParse(value.Text, out _), $"a call id: {CallId.Length} letters and digits, as the portal shows it"),
            QueryKind.TraceId => Id(piece, value, IsHex(value.Text, 32), "32 hexadecimal digits"),
            QueryKind.SpanId => Id(piece, value, IsHex(value.Text, 16), "16 hexadecimal digits"),
            QueryKind.Resource => Resource(piece, op, value),
            _ => Words(piece, op, value),
        };
    }

    private QueryValue? Words(QueryPiece piece, QueryOperator op, QueryValue value)
    {
        if (field.Name == "ip" && op == QueryOperator.Any && value.Text.Contains('/', StringComparison.Ordinal))
        {
            return Fail("Q109", piece, "An address range is written with a wildcard, as in ip:10.1.*.", Octets(value.Text) is { } octets ? messages.Replaced(piece.Start, piece.End, octets) : "");
        }

        if (IsBodyText() && op != QueryOperator.Contains && LongestRun(value, op) < ShortestSubstring)
        {
            return Fail("Q112", piece, $"Text in a body needs {ShortestSubstring} characters in a row; a path such as body.spec.replicas:3 compares whole values.", "");
        }

        if (op == QueryOperator.Any && value.HasWildcards && LeadingWildcard(value.Text) is { } without)
        {
            return Fail("Q210", piece, LeadingWildcardText, messages.Replaced(piece.Start, piece.End, without));
        }

        if (field.Name == "verb" && op != QueryOperator.Contains && !value.HasWildcards && !KnownVerbs.Contains(value.Text))
        {
            var near = NearestWord.Of(value.Text, KnownVerbs);
            messages.Add("W303", piece.Start, piece.End - piece.Start, $"No call has the verb \"{value.Text}\".", near is null ? "" : messages.Replaced(piece.Start, piece.End, near));
        }

        return value;
    }

    private QueryValue? Resource(QueryPiece piece, QueryOperator op, QueryValue value)
    {
        if (op == QueryOperator.Contains)
        {
            return value;
        }

        if (!ResourcePattern.TryParse(value.Text, out var pattern))
        {
            var fix = pattern.Resource.Length == 0 ? $"*{value.Text}" : value.Text.Split('/') is [var first, { Length: > 0 } second, ..] ? $"{first}/{second}" : value.Text.TrimEnd('/', '.');
            return Fail("Q109", piece, $"\"{value.Text}\" is no resource: pods, pods/exec, pods/* or deployments.apps.", value.Quoted || value.Text.Trim('/', '.').Length == 0 ? "" : messages.Replaced(piece.Start, piece.End, fix));
        }

        if (op == QueryOperator.Any && !value.Quoted)
        {
            // A part that is just * asks for nothing, so it costs nothing.
            static string Narrow(string part) => part == "*" ? part : LeadingWildcard(part) ?? part;
            var narrow = Narrow(pattern.Resource) + (pattern.Group is { } group ? $".{Narrow(group)}" : "") + (pattern.Subresource.Length > 0 ? $"/{Narrow(pattern.Subresource)}" : "");
            if (narrow != value.Text)
            {
                return Fail("Q210", piece, LeadingWildcardText, messages.Replaced(piece.Start, piece.End, narrow));
            }
        }

        return value;
    }

    private QueryValue? Choice(QueryPiece piece, QueryValue value)
    {
        if (!field.Choices.Contains(value.Text))
        {
            var near = NearestWord.Of(value.Text, field.Choices);
            return Fail("Q109", piece, $"\"{value.Text}\" is no value of {field.Name}: {string.Join(", ", field.Choices)}.", near is null ? "" : messages.Replaced(piece.Start, piece.End, near));
        }

        return value;
    }

    private QueryValue? Status(QueryPiece piece, QueryOperator op, QueryValue value)
    {
        if (op == QueryOperator.Range && QueryInterval.IsOpen(value))
        {
            return value;
        }

        if (!StatusRange.TryParse(value.Text, out var range))
        {
            var isClass = value.Text.Length > 1 && value.Text[0] is >= '1' and <= '5' && value.Text[1..].All(c => c is '*' or '?' or 'x');
            return Fail("Q109", piece, $"\"{value.Text}\" is no status: 404, 4xx, 400..499 or none.", isClass ? messages.Replaced(piece.Start, piece.End, $"{value.Text[0]}xx") : "");
        }

        return range == StatusRange.None && op != QueryOperator.Any
            ? Fail("Q109", piece, "\"none\" is not above or below any status.", "")
            : value;
    }

    private QueryValue? Amount(QueryPiece piece, QueryOperator op, QueryValue value, bool parsed, string number, string unit, bool unitKnown, string usual, string unitNames, string example)
    {
        if (parsed || (op == QueryOperator.Range && QueryInterval.IsOpen(value)))
        {
            return value;
        }

        if (number.Length == 0)
        {
            return Fail("Q109", piece, $"\"{value.Text}\" is no number with a unit, such as {example}.", "");
        }

        return unitKnown
            ? Fail("Q109", piece, $"{value.Text} is more than can be.", "")
            : Fail("Q104", piece, unit.Length == 0 ? $"{field.Name} needs a unit: {unitNames}." : $"\"{unit}\" is no unit of {field.Name}: {unitNames}.", messages.Replaced(piece.Start, piece.End, number + usual));
    }

    private QueryValue? Id(QueryPiece piece, QueryValue value, bool valid, string expected) =>
        valid ? value : Fail("Q109", piece, string.Create(CultureInfo.InvariantCulture, $"\"{value.Text}\" is not {expected}."), "");

    private QueryValue? Fail(string code, QueryPiece piece, string problem, string fix)
    {
        messages.Add(code, piece.Start, piece.End - piece.Start, problem, fix);
        return null;
    }

    // Anywhere in it, in any case.
    private bool IsBodyText() => field.Kind == QueryKind.Body && path.Length == 0;

    private static int LongestRun(QueryValue value, QueryOperator op) => op == QueryOperator.Any && value.HasWildcards ? value.Text.Split('*', '?').Max(run => run.Length) : value.Text.Length;

    private static bool IsHex(string value, int length) => value.Length == length && value.All(char.IsAsciiHexDigit);

    // 10.1.0.0/16 is 10.1.*
    private static string? Octets(string network)
    {
        var slash = network.IndexOf('/', StringComparison.Ordinal);
        var octets = network[..slash].Split('.');
        return octets.Length == 4 && network[(slash + 1)..] switch { "8" => 1, "16" => 2, "24" => 3, "32" => 4, _ => 0 } is > 0 and var kept
            ? string.Join('.', octets.Take(kept)) + (kept < 4 ? ".*" : "")
            : null;
    }
}
