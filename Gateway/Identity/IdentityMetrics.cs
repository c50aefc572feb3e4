using System.Diagnostics.Metrics;

namespace KubeLens.Gateway.Identity;

/// <summary>Meter <c>KubeLens.Gateway.Identity</c>.</summary>
internal static class IdentityMetrics
{
    private static readonly Meter Meter = new("KubeLens.Gateway.Identity");
    private static readonly Counter<long> Reviews = Meter.CreateCounter<long>("kubelens.identity.token_reviews", "{review}", "Tokens looked at because no kept verdict was good any more, by accepted");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("kubelens.identity.token_reviews.refused", "{review}", "Tokens not looked at because too many others were");

    private static readonly Counter<long> Pods = Meter.CreateCounter<long>("kubelens.identity.pod_lookups", "{pod}", "Pods asked about because a token did not say their node, by found");
    private static readonly Counter<long> PodRefusals = Meter.CreateCounter<long>("kubelens.identity.pod_lookups.refused", "{pod}", "Pods not asked about because too many others were");

    public static void Reviewed(bool accepted) => Reviews.Add(1, new KeyValuePair<string, object?>("accepted", accepted));

    public static void ReviewsRefused() => Refusals.Add(1);

    public static void PodAsked(bool found) => Pods.Add(1, new KeyValuePair<string, object?>("found", found));

    public static void PodNotAsked() => PodRefusals.Add(1);
}
