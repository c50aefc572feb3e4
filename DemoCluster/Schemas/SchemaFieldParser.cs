namespace KubeLens.DemoCluster.Schemas;

/// <summary>One field line of a definition file; see <see cref="SchemaReader"/> for its form.</summary>
internal sealed class SchemaFieldParser(IReadOnlyDictionary<string, SchemaType> types, string package)
{
    private const string Core = "io.k8s.api.core.v1";

    public SchemaField Parse((string[] Words, string Description) line)
    {
        var (words, description) = line;
        var options = words.AsSpan(2);
        return new SchemaField(words[0].TrimEnd('!'), Shape(words[1], options))
        {
            Required = words[0].EndsWith('!'),
            Description = description,
            RetainsKeys = options.Contains("retain"),
            Default = Value(options, "default"),
        };
    }

    private FieldShape Shape(string text, ReadOnlySpan<string> options)
    {
        if (text.StartsWith("[]", StringComparison.Ordinal))
        {
            return new FieldShape.Sequence(Shape(text[2..], []), Rule(options));
        }

        if (text.StartsWith("map[", StringComparison.Ordinal))
        {
            return new FieldShape.Map(Shape(text[4..^1], []));
        }

        return ScalarOf(text) is { } scalar ? new FieldShape.Scalar(scalar) : new FieldShape.Structure(TypeOf(text));
    }

    private static ListRule Rule(ReadOnlySpan<string> options)
    {
        var mapKeys = Value(options, "map");
        var mergeKey = Value(options, "merge");
        return new ListRule
        {
            Kind = mapKeys.Length > 0 ? ListKind.Map : options.Contains("set") ? ListKind.Set : ListKind.Atomic,
            MapKeys = mapKeys.Length > 0 ? [.. mapKeys.Split(',')] : [],
            PatchMerges = mergeKey.Length > 0 || options.Contains("merge"),
            PatchMergeKey = mergeKey,
        };
    }

    private static string Value(ReadOnlySpan<string> options, string name)
    {
        foreach (var option in options)
        {
            if (option.Length > name.Length && option[name.Length] == '=' && option.StartsWith(name, StringComparison.Ordinal))
            {
                return option[(name.Length + 1)..];
            }
        }

        return "";
    }

    private static ScalarKind? ScalarOf(string text) => text switch
    {
        "string" => ScalarKind.String,
        "int32" => ScalarKind.Int32,
        "int64" => ScalarKind.Int64,
        "bool" => ScalarKind.Bool,
        "bytes" => ScalarKind.Bytes,
        "time" => ScalarKind.Time,
        "microtime" => ScalarKind.MicroTime,
        "quantity" => ScalarKind.Quantity,
        "intstr" => ScalarKind.IntOrString,
        "any" => ScalarKind.Any,
        "fields" => ScalarKind.Fields,
        _ => null,
    };

    private SchemaType TypeOf(string text)
    {
        string[] candidates = text.Contains('.', StringComparison.Ordinal)
            ? [$"io.k8s.api.{text}"]
            : [$"{package}.{text}", $"{CommonFields.Meta}.{text}", $"{Core}.{text}"];
        return candidates.Select(types.GetValueOrDefault).FirstOrDefault(type => type is not null)
            ?? throw new FormatException($"Package {package} names the type {text}, which is nowhere defined.");
    }
}
