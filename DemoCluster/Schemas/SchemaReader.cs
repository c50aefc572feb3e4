namespace KubeLens.DemoCluster.Schemas;

/// <summary>
/// Reads the definition files. Their form, a line each:
/// <code>
/// package io.k8s.api.core.v1 v1                  the package, and the apiVersion of its kinds
///
/// kind Pod  # One or more containers.            a type with apiVersion, kind and metadata
///   spec PodSpec                                 a field and its type
///
/// type PodSpec [atomic] [gvk]  # What it runs.   gvk: names its apiVersion and kind, though its fields are all written out
///   containers! []Container merge=name map=name  # The programs.
/// </code>
/// A field ends in <c>!</c> when it is required. Types: string, int32, int64, bool, bytes, time, microtime, quantity, intstr, any, fields,
/// the name of a type (looked up in its own package, then in meta, then in core; with dots below <c>io.k8s.api</c>), <c>[]T</c>, <c>map[T]</c>.
/// Then: <c>merge</c> or <c>merge=KEY</c> and <c>retain</c> (strategic merge), <c>atomic</c>, <c>set</c> or <c>map=KEY,KEY</c> (apply), <c>default=VALUE</c>.
/// </summary>
internal sealed class SchemaReader
{
    private readonly Dictionary<string, SchemaType> _types = [];
    private readonly List<(SchemaType Type, string Package, bool IsKind, List<string> Lines)> _open = [];

    /// <summary>Notes the types of a file; their fields wait for <see cref="Complete"/>.</summary>
    public void Add(string text)
    {
        var package = "";
        var apiVersion = "";
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0))
        {
            if (line[0] == ' ')
            {
                _open[^1].Lines.Add(line);
                continue;
            }

            var (words, description) = Split(line);
            if (words[0] == "package")
            {
                (package, apiVersion) = (words[1], words[2]);
                continue;
            }

            var isKind = words[0] == "kind";
            var type = new SchemaType($"{package}.{words[1]}")
            {
                Description = description,
                ApiVersion = isKind || words.Contains("gvk") ? apiVersion : "",
                Atomic = words.Contains("atomic"),
            };
            _types.Add(type.Name, type);
            _open.Add((type, package, isKind, []));
        }
    }

    /// <exception cref="FormatException">A field names a type that is nowhere defined.</exception>
    public IReadOnlyDictionary<string, SchemaType> Complete()
    {
        foreach (var (type, package, isKind, lines) in _open)
        {
            var parser = new SchemaFieldParser(_types, package);
            type.Complete([.. isKind ? CommonFields.Of(_types) : [], .. lines.Select(line => parser.Parse(Split(line)))]);
        }

        return _types;
    }

    private static (string[] Words, string Description) Split(string line)
    {
        var parts = line.Split(" # ", 2);
        return (parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), parts.Length > 1 ? parts[1].Trim() : "");
    }
}
