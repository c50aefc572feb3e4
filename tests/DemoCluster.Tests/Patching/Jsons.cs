using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace KubeLens.DemoCluster.Tests.Patching;

/// <summary>Random JSON.</summary>
public static class Jsons
{
    private static readonly Gen<string> Names = Gen.Elements("a", "b", "c", "~/", "", "name");

    public static Gen<string> Values(int depth) => depth == 0 ? Leaves() : Gen.Frequency(
        (2, Leaves()),
        (2, Objects(depth)),
        (1, from items in Gen.ListOf(Values(depth - 1)) select $"[{string.Join(',', items.Take(4))}]"));

    /// <summary>Without null anywhere: a merge patch cannot say null.</summary>
    public static Gen<JsonObject> Plain() => Objects(3).Select(text => Without(JsonNode.Parse(text)!.AsObject()));

    public static Gen<string> Patch() => Gen.ListOf(Operation()).Select(operations => $"[{string.Join(',', operations.Take(12))}]");

    private static Gen<string> Leaves() => Gen.Elements("null", "true", "0", "1.5", "\"\"", "\"x\"", "\"\\u00e9\"", "-7", "{}", "[]");

    private static Gen<string> Objects(int depth) =>
        from names in Gen.ListOf(Names)
        from values in Gen.ListOf(Values(depth - 1), 6)
        select $"{{{string.Join(',', names.Distinct().Zip(values, (name, value) => $"\"{name}\":{value}"))}}}";

    private static Gen<string> Operation() =>
        from op in Gen.Elements("add", "remove", "replace", "move", "copy", "test", "x")
        from path in Path()
        from origin in Path()
        from value in Values(2)
        select $$"""{"op":"{{op}}","path":"{{path}}","from":"{{origin}}","value":{{value}} }""";

    private static Gen<string> Path() => Gen.ListOf(Gen.Elements("a", "b", "c", "name", "0", "1", "-", "~1", "~0", "")).Select(steps => string.Concat(steps.Take(4).Select(step => $"/{step}")));

    private static JsonObject Without(JsonObject value)
    {
        foreach (var (name, inner) in value.ToList())
        {
            if (inner is null)
            {
                value.Remove(name);
            }
            else if (inner is JsonObject fields)
            {
                Without(fields);
            }
        }

        return value;
    }
}
