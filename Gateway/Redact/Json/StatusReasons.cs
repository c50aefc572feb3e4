namespace KubeLens.Gateway.Redact.Json;

/// <summary>
/// Error answers repeat what was sent: validation prints whole pod templates, older decoders print the bytes around an error.
/// </summary>
internal static class StatusReasons
{
    /// <summary>Reasons whose messages name objects, never contents.</summary>
    public static bool IsHarmless(ReadOnlySpan<byte> reason) =>
        reason.SequenceEqual("NotFound"u8) || reason.SequenceEqual("AlreadyExists"u8) || reason.SequenceEqual("Forbidden"u8) || reason.SequenceEqual("Unauthorized"u8)
        || reason.SequenceEqual("Conflict"u8) || reason.SequenceEqual("Gone"u8) || reason.SequenceEqual("Expired"u8) || reason.SequenceEqual("TooManyRequests"u8)
        || reason.SequenceEqual("Timeout"u8) || reason.SequenceEqual("ServerTimeout"u8) || reason.SequenceEqual("ServiceUnavailable"u8)
        || reason.SequenceEqual("MethodNotAllowed"u8) || reason.SequenceEqual("NotAcceptable"u8) || reason.SequenceEqual("UnsupportedMediaType"u8);

    /// <summary>The message holds a piece of a document or of an environment.</summary>
    public static bool QuotesContent(ReadOnlySpan<byte> message) =>
        message.IndexOf("EnvVar"u8) >= 0 || message.IndexOf("Env:"u8) >= 0 || message.IndexOf("\"Env\""u8) >= 0 || message.IndexOf("\"env\""u8) >= 0
        || message.IndexOf("bigger context"u8) >= 0 || message.IndexOf("error found in #"u8) >= 0;
}
