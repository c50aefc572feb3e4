using System.Collections.Frozen;
using System.Collections.Immutable;

namespace KubeLens.DemoCluster.Schemas;

/// <summary>A named object type of the API.</summary>
/// <param name="name">As OpenAPI names it: <c>io.k8s.api.core.v1.Pod</c>.</param>
internal sealed class SchemaType(string name)
{
    private FrozenDictionary<string, SchemaField> _byName = FrozenDictionary<string, SchemaField>.Empty;

    public string Name => name;

    public string ShortName => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>For people who ask <c>kubectl explain</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>apps/v1</c> when objects of this type stand alone and carry apiVersion and kind; else empty.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary><c>x-kubernetes-map-type: atomic</c>: apply owns and replaces it as a whole.</summary>
    public bool Atomic { get; init; }

    /// <summary>In the order of the definition.</summary>
    public ImmutableArray<SchemaField> Fields { get; private set; } = [];

    public SchemaField? Find(string field) => _byName.GetValueOrDefault(field);

    /// <summary>Fields refer to types, so they come after all types are there.</summary>
    internal void Complete(IEnumerable<SchemaField> fields)
    {
        Fields = [.. fields];
        _byName = Fields.ToFrozenDictionary(field => field.Name);
    }
}
