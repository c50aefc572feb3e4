using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Documents;

/// <summary>The leaves. Some have a name of their own, which clients know.</summary>
internal static class ScalarSchemas
{
    public const string Patch = $"{CommonFields.Meta}.Patch";

    private const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private const string IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    private const string RawExtension = "io.k8s.apimachinery.pkg.runtime.RawExtension";

    /// <summary>The named ones, as they are in v2.</summary>
    public static IEnumerable<KeyValuePair<string, JsonObject>> Named() =>
    [
        new($"{CommonFields.Meta}.Time", Text("A time in seconds, RFC 3339.", "date-time")),
        new($"{CommonFields.Meta}.MicroTime", Text("A time with microseconds, RFC 3339.", "date-time")),
        new($"{CommonFields.Meta}.FieldsV1", Anything("A set of fields as nested keys f:, k: and v:.")),
        new(Patch, Anything("A change to an object, in one of the four patch formats.")),
        new(Quantity, Text("A number with an optional unit, such as 500m or 2Gi.", "")),
        new(IntOrString, Text("A whole number, or a text such as 25%.", "int-or-string")),
        new(RawExtension, Anything("Any object.")),
    ];

    public static string? NameOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Time => $"{CommonFields.Meta}.Time",
        ScalarKind.MicroTime => $"{CommonFields.Meta}.MicroTime",
        ScalarKind.Fields => $"{CommonFields.Meta}.FieldsV1",
        ScalarKind.Quantity => Quantity,
        ScalarKind.IntOrString => IntOrString,
        ScalarKind.Any => RawExtension,
        _ => null,
    };

    public static JsonObject Inline(ScalarKind kind) => kind switch
    {
        ScalarKind.Int32 => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
        ScalarKind.Int64 => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
        ScalarKind.Bool => new JsonObject { ["type"] = "boolean" },
        ScalarKind.Bytes => new JsonObject { ["type"] = "string", ["format"] = "byte" },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Anything(string description) => new() { ["description"] = description, ["type"] = "object" };

    private static JsonObject Text(string description, string format)
    {
        var schema = new JsonObject { ["description"] = description, ["type"] = "string" };
        if (format.Length > 0)
        {
            schema["format"] = format;
        }

        return schema;
    }
}
