namespace KubeLens.Gateway.Capture.Policy;

/// <summary>The levels as the configuration writes them.</summary>
internal static class CaptureLevels
{
    public const string Words = "none, metadata, request or request-response";

    /// <summary>Null for another word.</summary>
    public static CaptureLevel? Parse(string word) => word.ToLowerInvariant() switch
    {
        "none" => CaptureLevel.None,
        "metadata" => CaptureLevel.Metadata,
        "request" => CaptureLevel.Request,
        "request-response" => CaptureLevel.RequestResponse,
        _ => null,
    };

    public static string Word(this CaptureLevel level) => level switch
    {
        CaptureLevel.None => "none",
        CaptureLevel.Metadata => "metadata",
        CaptureLevel.Request => "request",
        _ => "request-response",
    };
}
