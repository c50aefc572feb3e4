using System.Globalization;
using KubeLens.Contracts.Query;
using KubeLens.Store.Search;

namespace KubeLens.Store.Counts;

/// <summary>Reads the parameters of <c>GET /api/v1/histogram</c> and <c>GET /api/v1/facets</c>: a request, or every error in them.</summary>
internal static class CountRequestReader
{
    public const int DefaultBuckets = 60, MaxBuckets = 300, DefaultTop = 10, MaxTop = 50;

    private const string Buckets = "buckets", Fields = "fields", Top = "top";

    private static readonly string[] HistogramParameters = ["q", "from", "to", Buckets], FacetParameters = ["q", "from", "to", Fields, Top];

    /// <summary>Null when <paramref name="errors"/> holds any.</summary>
    public static HistogramRequest? ReadHistogram(IQueryCollection parameters, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var search = SearchRequestReader.Read(parameters, HistogramParameters, now, out var found);
        var more = new List<QueryMessage>();
        var buckets = Number(parameters, Buckets, "Q175", DefaultBuckets, MaxBuckets, more);
        errors = [.. found, .. more];
        return search is null || more.Count > 0 ? null : new HistogramRequest(search.Query, search.Range, buckets);
    }

    /// <summary>Null when <paramref name="errors"/> holds any.</summary>
    public static FacetsRequest? ReadFacets(IQueryCollection parameters, DateTimeOffset now, out IReadOnlyList<QueryMessage> errors)
    {
        var search = SearchRequestReader.Read(parameters, FacetParameters, now, out var found);
        var more = new List<QueryMessage>();
        var fields = ReadFields(SearchRequestReader.Text(parameters, Fields), more);
        var top = Number(parameters, Top, "Q177", DefaultTop, MaxTop, more);
        errors = [.. found, .. more];
        return search is null || more.Count > 0 ? null : new FacetsRequest(search.Query, search.Range, fields, top);
    }

    private static IReadOnlyList<FacetField> ReadFields(string text, List<QueryMessage> errors)
    {
        if (text.Length == 0)
        {
            return FacetField.All;
        }

        var fields = new List<FacetField>();
        var column = 0;
        foreach (var name in text.Split(','))
        {
            if (FacetField.All.FirstOrDefault(field => field.Name == QueryFields.Find(name)?.Name) is not { } field)
            {
                var rest = string.Join(',', text.Split(',').Where(other => FacetField.All.Any(known => known.Name == QueryFields.Find(other)?.Name)));
                errors.Add(new QueryMessage("Q176", Fields, column, Math.Max(name.Length, 1), $"fields: \"{name}\" is no field whose values are counted; those are {string.Join(", ", FacetField.All.Select(known => known.Name))}.", rest));
            }
            else if (!fields.Contains(field))
            {
                fields.Add(field);
            }

            column += name.Length + 1;
        }

        return fields;
    }

    private static int Number(IQueryCollection parameters, string name, string code, int usual, int most, List<QueryMessage> errors)
    {
        var text = SearchRequestReader.Text(parameters, name);
        if (text.Length == 0)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        errors.Add(new QueryMessage(code, name, 0, text.Length, $"{name}: \"{text}\" is not a whole number from 1 to {most}.", usual.ToString(CultureInfo.InvariantCulture)));
        return usual;
    }
}
