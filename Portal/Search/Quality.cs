using System.Globalization;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>How far counts can be relied on, in the words people use.</summary>
internal static class Quality
{
    /// <summary><c>exact</c>, or <c>newest 20,000</c>.</summary>
    public static string Of(CountQuality quality) => quality.Basis == CountQuality.Exact ? "exact" : string.Create(CultureInfo.InvariantCulture, $"newest {quality.Calls:N0}");

    /// <summary><c>exact</c>, or from when on every call was counted, in the reader's zone: <c>since 2026-09-08 10:15</c>.</summary>
    public static string Since(CountQuality quality, TimeZoneInfo zone)
        => quality.Basis == CountQuality.Exact ? "exact" : string.Create(CultureInfo.InvariantCulture, $"since {TimeZoneInfo.ConvertTime(quality.Since, zone):yyyy-MM-dd HH:mm}");

    /// <summary><c>12,431 calls</c>, or <c>20,000+ calls</c> where not all were counted.</summary>
    public static string Total(CountQuality quality) => quality.Basis == CountQuality.Exact ? Show.Count(quality.Calls, "call", "calls") : string.Create(CultureInfo.InvariantCulture, $"{quality.Calls:N0}+ calls");
}
