using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>One file: its named entries, unread until a context asks for them, since the others may be broken and harm nobody.</summary>
internal sealed class KubeconfigFile
{
    private const long MaxBytes = 16 << 20;
    private const int MaxDepth = 64;

    private KubeconfigFile(string path, KubeconfigNode root)
    {
        Path = path;
        CurrentContext = root.Text("current-context");
        Clusters = Named(root, "clusters", "cluster");
        Users = Named(root, "users", "user");
        Contexts = Named(root, "contexts", "context");
    }

    public string Path { get; }
    public string CurrentContext { get; }
    public IReadOnlyDictionary<string, KubeconfigNode> Clusters { get; }
    public IReadOnlyDictionary<string, KubeconfigNode> Users { get; }
    public IReadOnlyDictionary<string, KubeconfigNode> Contexts { get; }

    public static KubeconfigFile Read(string path)
    {
        var yaml = new YamlStream();
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                throw new KubeconfigException($"{path}: is larger than {MaxBytes >> 20} MiB, which no kubeconfig is.");
            }

            var text = File.ReadAllText(path);
            if (IsTooDeep(text))
            {
                throw new KubeconfigException($"{path}: nests deeper than {MaxDepth} levels, which no kubeconfig does.");
            }

            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new KubeconfigException($"{path}: is not YAML (line {e.Start.Line}, column {e.Start.Column}: {e.Message}).", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet's scanner, of a plain text that the file ends in, and of half a surrogate pair: "\ud800\ud800".
            throw new KubeconfigException($"{path}: is not YAML: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{path}: cannot be read: {e.Message}", e);
        }

        var empty = yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is YamlScalarNode { Value: null or "" };
        var root = (empty ? new YamlMappingNode() : yaml.Documents[0].RootNode) as YamlMappingNode
            ?? throw new KubeconfigException($"{path}: is not a kubeconfig: a mapping with clusters, users and contexts is expected.");
        var node = new KubeconfigNode(path, "", root);
        return node.Text("kind") is "" or "Config"
            ? new KubeconfigFile(path, node)
            : throw node.Error("kind", $"is {node.Text("kind")}, not Config: this is not a kubeconfig.");
    }

    // YamlDotNet's tree is built by recursion, and a stack that is too small ends the process.
    private static bool IsTooDeep(string text)
    {
        var (parser, depth) = (new Parser(new StringReader(text)), 0);
        while (depth <= MaxDepth && parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
        }

        return depth > MaxDepth;
    }

    private static Dictionary<string, KubeconfigNode> Named(KubeconfigNode root, string list, string kind)
    {
        var entries = new Dictionary<string, KubeconfigNode>(StringComparer.Ordinal);
        foreach (var entry in root.Maps(list))
        {
            var name = entry.Text("name");
            if (name.Length == 0)
            {
                throw entry.Error("name", "is missing: every entry needs a name.");
            }

            var where = $"{kind} \"{name}\"";
            var body = entry.Map(kind, where) ?? new KubeconfigNode(root.File, where, []);
            if (!entries.TryAdd(name, body))
            {
                throw entry.Error("name", $"\"{name}\" is there twice: rename or remove one.");
            }
        }

        return entries;
    }
}
