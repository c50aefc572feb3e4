using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Selectors;

/// <summary>Reads <c>metadata.name=a,status.phase!=Running</c>; a backslash keeps a comma, an equals sign or a backslash from meaning something.</summary>
internal sealed class FieldSelector
{
    public static readonly FieldSelector Everything = new([]);

    private readonly IReadOnlyList<Term> _terms;

    private FieldSelector(IReadOnlyList<Term> terms) => _terms = terms;

    public bool IsEmpty => _terms.Count == 0;

    public bool Matches(ResourceKind kind, StoredObject stored) =>
        _terms.All(term => FieldLabels.Value(kind, stored, term.Label) == term.Value == term.Equal);

    /// <exception cref="ApiException">400: unreadable, or a field that this resource cannot be selected by.</exception>
    public static FieldSelector Parse(ResourceKind kind, string text)
    {
        if (text.Length == 0)
        {
            return Everything;
        }

        var terms = Split(text).Where(part => part.Length > 0).Select(part => Read(part, text)).ToList();
        var unknown = terms.FirstOrDefault(term => !FieldLabels.IsKnown(kind, term.Label));
        return unknown is null ? new FieldSelector(terms) : throw ApiErrors.BadRequest(
            FieldLabels.HasOwn(kind)
                ? $"field label not supported: {unknown.Label}"
                : $"\"{unknown.Label}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }

    private static Term Read(string part, string whole)
    {
        for (var i = 0; i < part.Length; i++)
        {
            switch (part[i])
            {
                case '\\':
                    i++;
                    break;
                case '!' when i + 1 < part.Length && part[i + 1] == '=':
                    return new Term(part[..i], Unescape(part[(i + 2)..]), Equal: false);
                case '=':
                    var wide = i + 1 < part.Length && part[i + 1] == '=';
                    return new Term(part[..i], Unescape(part[(i + (wide ? 2 : 1))..]), Equal: true);
            }
        }

        throw ApiErrors.BadRequest($"invalid selector: '{whole}'; can't understand '{part}'");
    }

    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static string Unescape(string value)
    {
        var plain = new System.Text.StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            i += value[i] == '\\' && i + 1 < value.Length ? 1 : 0;
            plain.Append(value[i]);
        }

        return plain.ToString();
    }

    private sealed record Term(string Label, string Value, bool Equal);
}
