using System.Collections.Frozen;
using System.Collections.Immutable;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Schemas;

/// <summary>Every type this cluster knows, read once from the embedded <c>Definitions</c>.</summary>
internal static class SchemaCatalog
{
    private static readonly FrozenDictionary<string, SchemaType> ByName = Read();

    private static readonly FrozenDictionary<(string ApiVersion, string Kind), SchemaType> ByKind =
        ByName.Values.Where(type => type.ApiVersion.Length > 0).ToFrozenDictionary(type => (type.ApiVersion, type.ShortName));

    /// <summary>Ordered by name, lists included.</summary>
    public static readonly ImmutableArray<SchemaType> Types = [.. ByName.Values.OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>By the name OpenAPI gives it, such as <c>io.k8s.api.core.v1.Container</c>.</summary>
    public static SchemaType? Named(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Also for kinds that are only sent, such as <c>policy/v1</c> Eviction.</summary>
    public static SchemaType? Find(string apiVersion, string kind) => ByKind.GetValueOrDefault((apiVersion, kind));

    public static SchemaType Of(ResourceKind kind) => Find(kind.ApiVersion, kind.Kind)
        ?? throw new InvalidOperationException($"{kind.ApiVersion} {kind.Kind} is served but has no schema.");

    private static FrozenDictionary<string, SchemaType> Read()
    {
        var assembly = typeof(SchemaCatalog).Assembly;
        var reader = new SchemaReader();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".schema", StringComparison.Ordinal)))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            reader.Add(text.ReadToEnd());
        }

        var types = reader.Complete();
        var stored = ResourceKinds.All.Where(kind => kind.Stored).Select(kind => (kind.ApiVersion, kind.Kind)).ToHashSet();
        var lists = types.Values.Where(type => stored.Contains((type.ApiVersion, type.ShortName))).Select(type => CommonFields.ListOf(type, types));
        return types.Values.Concat(lists).ToFrozenDictionary(type => type.Name);
    }
}
