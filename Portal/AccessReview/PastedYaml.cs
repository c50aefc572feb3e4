using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeLens.Portal.AccessReview;

/// <summary>YAML as maps, lists and texts. Anchors are refused, and so is what is nested deeper than any role: either could make a small text a large tree.</summary>
internal static class PastedYaml
{
    private const int MaxDepth = 32;

    /// <summary>Fails with <see cref="YamlException"/> or <see cref="FormatException"/> for what is no YAML, or refused.</summary>
    public static IReadOnlyList<object?> Documents(string text)
    {
        var (parser, documents) = (new Parser(new StringReader(text)), new List<object?>());
        parser.Consume<StreamStart>();
        while (!parser.Accept<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            documents.Add(Node(parser, MaxDepth));
            parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private static object? Node(IParser parser, int depth)
    {
        if (depth == 0)
        {
            throw new FormatException("it is nested too deep.");
        }

        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw new FormatException("anchors and aliases are not read.");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } ? null : scalar.Value;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new List<object?>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Add(Node(parser, depth - 1));
            }

            return list;
        }

        parser.Consume<MappingStart>();
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            map[Node(parser, depth - 1) as string ?? throw new FormatException("a key is no text.")] = Node(parser, depth - 1);
        }

        return map;
    }
}
