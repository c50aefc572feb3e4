using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeLens.DemoCluster.Patching.Bodies;

/// <summary>Reads the body of an apply: YAML, of which JSON is the usual part.</summary>
internal static class YamlBody
{
    /// <exception cref="Api.ApiException">400 for what is not one YAML mapping; 413 for one that grows too large.</exception>
    public static JsonObject ReadObject(byte[] body)
    {
        if (body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            return JsonBody.ReadObject(body);
        }

        var nodes = 0;
        return Convert(Root(body), 1, ref nodes) as JsonObject ?? throw ApiErrors.BadRequest("error decoding YAML: it must be one mapping");
    }

    private static YamlNode Root(byte[] body)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new Parser(new DepthGuard(new Scanner(new StringReader(Encoding.UTF8.GetString(body)), skipComments: true))));
            return stream.Documents is [var document] ? document.RootNode : throw ApiErrors.BadRequest("error decoding YAML: it must be one document");
        }
        catch (YamlException problem)
        {
            throw ApiErrors.BadRequest($"error decoding YAML: {problem.Message}");
        }
    }

    private static JsonNode? Convert(YamlNode node, int depth, ref int nodes)
    {
        // An alias is the node it refers to, so a short text can mean a huge tree.
        if (++nodes > PatchLimits.YamlNodes)
        {
            throw PatchErrors.TooLarge($"a YAML body may hold {PatchLimits.YamlNodes} values, its aliases written out");
        }

        if (depth > PatchLimits.Depth)
        {
            throw ApiErrors.BadRequest($"error decoding YAML: nested deeper than {PatchLimits.Depth}");
        }

        switch (node)
        {
            case YamlScalarNode scalar:
                return YamlScalar.Read(scalar);
            case YamlSequenceNode sequence:
                var items = new JsonArray();
                foreach (var item in sequence)
                {
                    items.Add(Convert(item, depth + 1, ref nodes));
                }

                return items;
            default:
                var fields = new JsonObject();
                foreach (var (key, value) in (YamlMappingNode)node)
                {
                    var name = (key as YamlScalarNode)?.Value ?? throw ApiErrors.BadRequest("error decoding YAML: a key must be plain text");
                    fields[name] = Convert(value, depth + 1, ref nodes);
                }

                return fields;
        }
    }
}
