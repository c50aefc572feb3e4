using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeLens.Gateway.Telemetry;

/// <summary>Fills in the address at which a call can be looked at: <c>http://127.0.0.1:6446/search?q=audit:{auditId}</c>.</summary>
internal static partial class CallUrl
{
    private const string AuditId = "auditId", Cluster = "cluster", Started = "started";

    /// <summary>What is wrong with a template; null when nothing is.</summary>
    public static string? Problem(string template)
    {
        if (template.Length == 0)
        {
            return null;
        }

        if (Places().Matches(template).FirstOrDefault(place => place.Groups[1].Value is not (AuditId or Cluster or Started)) is { } unknown)
        {
            return $"it may have {{{AuditId}}}, {{{Cluster}}} and {{{Started}}} in it, and not {unknown.Value}.";
        }

        return Uri.TryCreate(Places().Replace(template, "x"), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? null
            : "give an http or https address, as http://127.0.0.1:6446/search?q=audit:{auditId}.";
    }

    public static string Of(string template, Guid auditId, string cluster, DateTimeOffset started) => template
        .Replace($"{{{AuditId}}}", auditId.ToString("D", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace($"{{{Cluster}}}", Uri.EscapeDataString(cluster), StringComparison.Ordinal)
        .Replace($"{{{Started}}}", started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Places();
}
