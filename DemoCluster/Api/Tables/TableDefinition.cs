using System.Collections.Immutable;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>A kind's columns, and how a row's cells are read from an object (in its storage version).</summary>
internal sealed record TableDefinition(ImmutableArray<TableColumn> Columns, Func<JsonObject, DateTimeOffset, JsonArray> Cells)
{
    /// <summary>For kinds of which the API server knows no more.</summary>
    public static readonly TableDefinition Plain = new(
        [TableColumn.ObjectName, new("Created At", "When the object was created.", "date")],
        (value, _) => new JsonArray(value.Name(), value.Text("metadata.creationTimestamp")));

    /// <summary>Of a row, besides its cells; none for most.</summary>
    public Func<JsonObject, JsonArray?> Conditions { get; init; } = _ => null;

    public static string Age(JsonObject value, DateTimeOffset now) => HumanDuration.Since(value.At("metadata.creationTimestamp"), now);
}
