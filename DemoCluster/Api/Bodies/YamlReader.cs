using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeLens.DemoCluster.Api.Bodies;

/// <summary>One YAML document as the JSON it stands for.</summary>
internal sealed class YamlReader
{
    /// <summary>Aliases within aliases grow without end: what stands for more nodes than this is no object of ours.</summary>
    private const int MostNodes = 200_000;

    private int _nodes;

    private YamlReader()
    {
    }

    /// <returns>Null for a document that is no map.</returns>
    /// <exception cref="ApiException">400.</exception>
    public static JsonObject? Read(byte[] text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Encoding.UTF8.GetString(text)));
            return stream.Documents.Count == 0 ? null : new YamlReader().Node(stream.Documents[0].RootNode, 0) as JsonObject;
        }
        catch (YamlException wrong)
        {
            throw ApiErrors.BadRequest($"error converting YAML to JSON: yaml: line {wrong.Start.Line}: {wrong.Message}");
        }
    }

    private JsonNode? Node(YamlNode node, int depth)
    {
        const int Deepest = 100;
        if (depth > Deepest || ++_nodes > MostNodes)
        {
            throw ApiErrors.BadRequest("error converting YAML to JSON: yaml: the document is too deep or too large");
        }

        return node switch
        {
            YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(Key(pair.Key), Node(pair.Value, depth + 1)))),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(child => Node(child, depth + 1))]),
            YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
            YamlScalarNode scalar => scalar.Value,
            _ => null,
        };
    }

    private static string Key(YamlNode node) =>
        node is YamlScalarNode { Value: { } name } ? name : throw ApiErrors.BadRequest("error converting YAML to JSON: yaml: a key is no text");

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
