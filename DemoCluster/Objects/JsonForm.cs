using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeLens.DemoCluster.Objects;

/// <summary>How JSON is written: compact, and with text as it is, not escaped for HTML.</summary>
internal static class JsonForm
{
    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
