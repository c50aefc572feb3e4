using System.Globalization;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Pods.Logs;

/// <summary>What is asked of a log: <c>v1 PodLogOptions</c>.</summary>
internal sealed record LogQuery
{
    public string Container { get; private init; } = "";
    public bool Follow { get; private init; }
    public bool Previous { get; private init; }
    public bool Timestamps { get; private init; }
    public int? TailLines { get; private init; }
    public long? LimitBytes { get; private init; }

    /// <summary>No line before this.</summary>
    public DateTimeOffset? Since { get; private init; }

    /// <exception cref="ApiException">400 for what is no number or time, 422 for a number that makes no sense.</exception>
    public static LogQuery Read(IQueryCollection query, string pod, DateTimeOffset now)
    {
        var seconds = Number(query, pod, "sinceSeconds", 1);
        var time = query["sinceTime"].ToString();
        if (seconds is not null && time.Length > 0)
        {
            throw Refusals.Invalid("", "PodLogOptions", pod, "sinceSeconds", $"Invalid value: {seconds}: at most one of `sinceTime` or `sinceSeconds` may be specified");
        }

        return new LogQuery
        {
            Container = query["container"].ToString(),
            Follow = Flag(query, "follow"),
            Previous = Flag(query, "previous"),
            Timestamps = Flag(query, "timestamps"),
            TailLines = Number(query, pod, "tailLines", 0) is { } lines ? (int)Math.Min(lines, int.MaxValue) : null,
            LimitBytes = Number(query, pod, "limitBytes", 1),
            Since = seconds is { } s ? now - TimeSpan.FromSeconds(Math.Min(s, (now - DateTimeOffset.UnixEpoch).TotalSeconds)) : time.Length > 0 ? Time(time) : null,
        };
    }

    private static bool Flag(IQueryCollection query, string name) => query[name].ToString() is "true" or "1" or "True" or "t";

    private static long? Number(IQueryCollection query, string pod, string name, long least)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        var number = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax ({name} has to be a number)");
        return number >= least ? number
            : throw Refusals.Invalid("", "PodLogOptions", pod, name, $"Invalid value: {number}: must be greater than {(least == 0 ? "or equal to 0" : "0")}");
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw ApiErrors.BadRequest($"sinceTime is \"{text}\": it has to be a time as 2026-11-24T03:12:09Z");
}
