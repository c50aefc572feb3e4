using KubeLens.DemoCluster.Api;

namespace KubeLens.DemoCluster.Patching;

/// <summary>The answers to patches that cannot be applied.</summary>
internal static class PatchErrors
{
    /// <summary>The patch makes sense, but not for this object.</summary>
    public static ApiException Invalid(string message) => new(422, "Invalid", message);

    public static ApiException TooLarge(string message) => new(413, "RequestEntityTooLarge", $"Request entity too large: {message}");

    public static ApiException UnsupportedMediaType(string media) => new(
        415,
        "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", PatchMediaTypes.All)} (got \"{media}\")");
}
