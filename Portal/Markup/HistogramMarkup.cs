using System.Globalization;
using System.Text;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Markup;

/// <summary>
/// The bars of a histogram: one path for each kind of end, the gravest at the bottom, where counts are compared best.
/// A path for each kind costs a tenth of what an element for each bar does.
/// </summary>
internal static class HistogramMarkup
{
    private const int Height = 50;
    private const int Step = 10;
    private const int Bar = 8;

    private static readonly (string Css, Func<HistogramBucket, long> Calls)[] Kinds =
    [
        ("fail", bucket => bucket.ServerErrors),
        ("warn", bucket => bucket.ClientErrors),
        ("none", bucket => bucket.None),
        ("ok", bucket => bucket.Ok),
    ];

    /// <summary>Calls of the highest bar.</summary>
    public static long Most(CallHistogram histogram) => histogram.Buckets.Max(bucket => bucket.Calls);

    public static string ViewBox(CallHistogram histogram) => string.Create(CultureInfo.InvariantCulture, $"0 0 {histogram.Buckets.Count * Step} {Height}");

    /// <summary>The four paths.</summary>
    public static string Bars(CallHistogram histogram)
    {
        var most = Math.Max(1, Most(histogram));
        var tops = new double[histogram.Buckets.Count];
        Array.Fill(tops, Height);
        var markup = new StringBuilder();
        foreach (var (css, calls) in Kinds)
        {
            markup.Append(CultureInfo.InvariantCulture, $"<path class=\"{css}\" d=\"");
            for (var i = 0; i < tops.Length; i++)
            {
                if (calls(histogram.Buckets[i]) is > 0 and var count)
                {
                    // One call in a million is still to be seen.
                    var height = Math.Round(Math.Max(1, (double)count / most * (Height - 2)), 1);
                    tops[i] = Math.Round(tops[i] - height, 1);
                    markup.Append(CultureInfo.InvariantCulture, $"M{i * Step + 1} {tops[i]}h{Bar}v{height}h-{Bar}z");
                }
            }

            markup.Append("\"/>");
        }

        return markup.ToString();
    }

    /// <summary>What each bar stands for, for the browser: <c>ok,4xx,5xx,none;…</c>.</summary>
    public static string Counts(CallHistogram histogram)
        => string.Join(';', histogram.Buckets.Select(bucket => string.Create(CultureInfo.InvariantCulture, $"{bucket.Ok},{bucket.ClientErrors},{bucket.ServerErrors},{bucket.None}")));
}
