namespace KubeLens.DemoCluster.Api.Bodies;

internal static class MediaType
{
    /// <summary>Without its parameters, in lower case; empty when absent.</summary>
    public static string Of(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}
