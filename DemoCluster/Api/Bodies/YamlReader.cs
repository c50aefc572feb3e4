using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeLens.DemoCluster.Api.Bodies;

/// <summary>One YAML document as the JSON it stands for.</summary>
internal static class YamlReader
{
    private const int Deepest = 100;

    /// <exception cref="ApiException">400.</exception>
    public static JsonObject? Read(byte[] text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Encoding.UTF8.GetString(text)));
            return stream.Documents.Count == 0 ? null : Node(stream.Documents[0].RootNode, 0) as JsonObject;
        }
        catch (YamlException wrong)
        {
            throw ApiErrors.BadRequest($"error converting YAML to JSON: yaml: line {wrong.Start.Line}: {wrong.Message}");
        }
    }

    private static JsonNode? Node(YamlNode node, int depth)
    {
        // An alias inside its own anchor would never end.
        if (depth > Deepest)
        {
            throw ApiErrors.BadRequest("error converting YAML to JSON: nested too deeply");
        }

        return node switch
        {
            YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Node(pair.Value, depth + 1)))),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(child => Node(child, depth + 1))]),
            YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
            YamlScalarNode scalar => scalar.Value,
            _ => null,
        };
    }

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) => real,
        _ => text,
    };
}
