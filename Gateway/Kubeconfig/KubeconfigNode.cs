using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>A mapping of a kubeconfig that knows where it stands, so that every complaint can say so.</summary>
/// <param name="file">Absolute path of the file.</param>
/// <param name="where">Words for the entry, as <c>user "admin"</c>.</param>
internal sealed class KubeconfigNode(string file, string where, YamlMappingNode map)
{
    public string File => file;

    public YamlNode? this[string key] => map.Children.TryGetValue(new YamlScalarNode(key), out var value) && !IsNull(value) ? value : null;

    /// <summary>Empty when the field is absent, null or empty: Kubernetes does not tell them apart.</summary>
    public string Text(string key) => this[key] switch
    {
        null => "",
        YamlScalarNode scalar => scalar.Value ?? "",
        _ => throw Error(key, "must be text"),
    };

    public bool Flag(string key) => Text(key) switch
    {
        "" or "false" => false,
        "true" => true,
        var other => throw Error(key, $"must be true or false, not \"{other}\""),
    };

    public KubeconfigNode? Map(string key, string? called = null) => this[key] switch
    {
        null => null,
        YamlMappingNode mapping => new KubeconfigNode(file, called ?? $"{where}, {key}", mapping),
        _ => throw Error(key, "must be a mapping"),
    };

    public IReadOnlyList<string> Texts(string key) =>
        [.. Items(key).Select(item => item is YamlScalarNode { Value: { } text } ? text : throw Error(key, "must be a list of texts"))];

    public IReadOnlyList<KubeconfigNode> Maps(string key) =>
        [.. Items(key).Select((item, index) => item is YamlMappingNode mapping
            ? new KubeconfigNode(file, $"{where}{(where.Length > 0 ? ", " : "")}{key}[{index}]", mapping)
            : throw Error(key, "must be a list of mappings"))];

    /// <summary>The mapping's own keys, in order.</summary>
    public IEnumerable<string> Keys => map.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    public KubeconfigException Error(string field, string problem, Exception? inner = null) =>
        new($"{file}: {where}{(where.Length > 0 ? ", " : "")}field {field}: {problem}", inner);

    /// <summary>Relative paths of a kubeconfig start at the file they stand in.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Path.GetDirectoryName(file)!);

    private IEnumerable<YamlNode> Items(string key) => this[key] switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        _ => throw Error(key, "must be a list"),
    };

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };
}
