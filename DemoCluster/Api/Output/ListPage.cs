using System.Globalization;
using System.Text.Json;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Output;

/// <summary>A list, or a chunk of one.</summary>
internal sealed record ListPage(IReadOnlyList<StoredObject> Items, long Version)
{
    /// <summary>Empty at the end.</summary>
    public string Continue { get; init; } = "";

    /// <summary>Null when it is not known, as with selectors.</summary>
    public long? Remaining { get; init; }

    public void WriteMetadata(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("metadata");
        writer.WriteString("resourceVersion", Version.ToString(CultureInfo.InvariantCulture));
        if (Continue.Length > 0)
        {
            writer.WriteString("continue", Continue);
            if (Remaining is { } remaining)
            {
                writer.WriteNumber("remainingItemCount", remaining);
            }
        }

        writer.WriteEndObject();
    }
}
