using System.Text.RegularExpressions;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>Takes out of what a client saw what differs between any two runs, and nothing else: each rule says what.</summary>
internal static partial class Normalizer
{
    private static readonly (Regex What, string With)[] Rules =
    [
        (Agent(), "NAME"), // the side's namespace, and the user agent as field manager
        (Time(), "TIME"),
        (LongTime(), "TIME"),
        (Uid(), "UID"),
        (ContainerId(), "CONTAINER"), // and the id of an exec
        (ResourceVersion(), "$1RV"),
        (TooOld(), "${1}RV"), // "too old resource version: 1 (4136)": the oldest one left
        (VersionInText(), "$1RV"),
        (Continue(), "${1}CONTINUE"),
        (Jwt(), "JWT"),
        (LogLine(), "LOG"), // klog's severity, time and thread
        (TempFile(), "$1TEMP"), // kubectl diff's folders
        (Age(), " AGE"), // at the end of a table's row, or before a wide table's more columns
        (JsonAge(), "\"AGE\""), // a table's cell
        (Elapsed(), "AGO"), // in kubectl describe
        (Spaces(), " "), // columns are as wide as the ages in them
    ];

    public static string Normalize(string text, Side side)
    {
        text = text.Replace(side.Api.Address.Authority, "SERVER", StringComparison.Ordinal).Replace(side.Scene.Address.Authority, "SERVER", StringComparison.Ordinal).Replace($"{side.Port}", "PORT", StringComparison.Ordinal);
        text = text.Replace(side.Scene.Shared, "SHARED", StringComparison.Ordinal);
        foreach (var (what, with) in Rules)
        {
            text = what.Replace(text, with);
        }

        return text;
    }

    [GeneratedRegex(@"\bt[0-9a-f]{6}[a-f][k-p](-[\w-]*[a-z0-9])?\b")]
    private static partial Regex Agent();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?( [+-]\d{4} \w+)?( m=\S+)?")]
    private static partial Regex Time();

    [GeneratedRegex(@"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")]
    private static partial Regex LongTime();

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex ContainerId();

    [GeneratedRegex("(\"?resourceVersion\"?: ?\"?)\\d+")]
    private static partial Regex ResourceVersion();

    [GeneratedRegex(@"(Resource Version: +)\d+")]
    private static partial Regex VersionInText();

    [GeneratedRegex(@"(too old resource version: \d+ \()\d+")]
    private static partial Regex TooOld();

    [GeneratedRegex("\"(\\d+[smhd]){1,2}\"")]
    private static partial Regex JsonAge();

    [GeneratedRegex("(\"continue\": ?\"|continue=)[\\w%=-]+")]
    private static partial Regex Continue();

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]+")]
    private static partial Regex Jwt();

    [GeneratedRegex(@"[IWE]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+")]
    private static partial Regex LogLine();

    [GeneratedRegex(@"(/tmp/(?:LIVE|MERGED)-)\d+")]
    private static partial Regex TempFile();

    [GeneratedRegex(@" (\d+[smhd]){1,2}(?=\s)")]
    private static partial Regex Age();

    [GeneratedRegex(@"\b(\d+[smhd]){1,2} ago\b")]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Spaces();
}
