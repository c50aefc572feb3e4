using System.Globalization;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Api.Selectors;

namespace KubeLens.DemoCluster.Api.Reading;

/// <summary>A list's or watch's options: <c>meta.k8s.io/v1 ListOptions</c>.</summary>
internal sealed record ListQuery(LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>0: no limit.</summary>
    public long Limit { get; init; }

    public ContinueToken? Continue { get; init; }

    /// <summary>Null when not given; 0 means any version.</summary>
    public long? Version { get; init; }

    /// <summary>Empty, <c>Exact</c> or <c>NotOlderThan</c>.</summary>
    public string Match { get; init; } = "";

    public bool SelectsAll => Labels.IsEmpty && Fields.IsEmpty;

    /// <exception cref="ApiException">400, 422 or 500, as the API server does.</exception>
    public static ListQuery Of(ApiCall call)
    {
        var query = new ListQuery(LabelSelectorParser.Parse(call.Query("labelSelector")), FieldSelector.Parse(call.Kind, call.Query("fieldSelector")))
        {
            Limit = Number(call.Query("limit")) ?? 0,
            Continue = call.Query("continue") is { Length: > 0 } token ? ContinueToken.Decode(token) : null,
            Version = ParseVersion(call.Query("resourceVersion")),
            Match = call.Query("resourceVersionMatch"),
        };
        query.Validate(call.Flag("sendInitialEvents"));
        return query;
    }

    public bool Matches(ApiCall call, Objects.StoredObject stored) => Labels.Matches(stored) && Fields.Matches(call.Kind, stored);

    /// <exception cref="ApiException">400.</exception>
    public static long? Number(string text) =>
        text.Length == 0 ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");

    private static long? ParseVersion(string text) =>
        text.Length == 0 ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : throw ApiErrors.BadRequest($"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");

    private void Validate(bool sendsInitialEvents)
    {
        if (Continue is not null && Version is > 0)
        {
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        }

        if (Match.Length == 0)
        {
            return;
        }

        var causes = new InvalidCauses();
        if (Match is not ("Exact" or "NotOlderThan"))
        {
            causes.NotSupported("resourceVersionMatch", $"\"{Match}\"", "\"Exact\", \"NotOlderThan\", \"\"");
        }
        else if (Version is null && !sendsInitialEvents)
        {
            causes.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        else if (Match == "Exact" && Version == 0)
        {
            causes.Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }

        causes.ThrowIfAny("meta.k8s.io", "ListOptions", "");
    }
}
