using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Compare;

/// <summary>What tells the calls of a stretch of time from those of the rest.</summary>
public sealed class Comparison
{
    private Comparison(IReadOnlyList<FieldDifference> fields, IReadOnlyList<string> limited, long here, long rest)
    {
        Fields = [.. fields.Where(field => field.Values.Count > 0).OrderByDescending(field => field.Shift)];
        Alike = [.. fields.Where(field => field.Values.Count == 0).Select(field => field.Field)];
        (Limited, HereCalls, RestCalls) = (limited, here, rest);
    }

    /// <summary>Those that differ, the greatest difference first.</summary>
    internal IReadOnlyList<FieldDifference> Fields { get; }

    /// <summary>Fields that do not, beyond what chance does.</summary>
    internal IReadOnlyList<string> Alike { get; }

    /// <summary>Fields that the query itself limits: a facet leaves that out, so they are not compared.</summary>
    internal IReadOnlyList<string> Limited { get; }

    /// <summary>How many calls of the stretch were counted.</summary>
    internal long HereCalls { get; }

    /// <summary>How many of the rest.</summary>
    internal long RestCalls { get; }

    /// <param name="query">Of both.</param>
    /// <param name="here">Counts of the stretch.</param>
    /// <param name="rest">Counts of what lies before and after it, of the same fields in the same order.</param>
    public static Comparison Of(string query, CallFacets here, IReadOnlyList<CallFacets> rest)
    {
        ArgumentNullException.ThrowIfNull(here);
        var root = QueryParser.Parse(query).Root ?? AllNode.Instance;
        var compared = Enumerable.Range(0, here.Fields.Count).Where(at => QueryFacet.Of(root, here.Fields[at].Field) is { Included.Count: 0, Excluded.Count: 0 }).ToList();
        var limited = here.Fields.Select(facet => facet.Field).Except(compared.Select(at => here.Fields[at].Field)).ToList();
        var fields = compared.Select(at => FieldDifference.Of(here.Fields[at], [.. rest.Select(part => part.Fields[at])])).ToList();
        return new Comparison(fields, limited, fields.Count == 0 ? 0 : fields[0].Here.Calls, fields.Count == 0 ? 0 : fields[0].Rest.Sum(part => part.Calls));
    }
}
