using System.Text.Json;

namespace KubeLens.Gateway.Redact.Json;

internal static class JsonLimits
{
    /// <summary>Schemas of custom resources nest deep, but not this deep.</summary>
    public const int MaxDepth = 256;

    /// <summary>A watch is a stream of values.</summary>
    public static readonly JsonReaderOptions Reader = new() { MaxDepth = MaxDepth, AllowMultipleValues = true };
}
