using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects;

/// <summary>
/// One version of one object, shared by all readers and changed by nobody: in its storage version, without kind and apiVersion.
/// </summary>
internal sealed class StoredObject(ResourceKind storage, JsonObject value, long version)
{
    private byte[]? _body;

    /// <summary>The kind it was written as; all versions of a resource share <see cref="ResourceKind.StorageKey"/>.</summary>
    public ResourceKind Storage => storage;

    /// <summary>Never to be changed; <see cref="As"/> makes a copy.</summary>
    public JsonObject Value => value;

    public long Version => version;

    public string Name { get; } = value.Name();

    public string Namespace { get; } = value.Namespace();

    public string Uid { get; } = value.Uid();

    public ImmutableArray<string> Owners { get; } = [.. value.Maps("metadata.ownerReferences").Select(owner => owner.Text("uid"))];

    public string Key => KeyOf(Namespace, Name);

    public static string KeyOf(string ns, string name) => ns.Length == 0 ? name : $"{ns}/{name}";

    /// <summary>The caller's own copy, as an object of this version of the resource.</summary>
    public JsonObject As(ResourceKind kind)
    {
        var copy = new JsonObject { ["kind"] = kind.Kind, ["apiVersion"] = kind.ApiVersion };
        foreach (var (name, node) in ObjectVersions.FromStorage(kind, value))
        {
            copy[name] = node?.DeepClone();
        }

        return copy;
    }

    /// <summary>Items of a list go without kind and apiVersion, as those of an API server do.</summary>
    public void Write(Utf8JsonWriter writer, ResourceKind kind, bool typed)
    {
        if (typed || ObjectVersions.IsConverted(kind))
        {
            var whole = As(kind);
            if (!typed)
            {
                whole.Remove("kind");
                whole.Remove("apiVersion");
            }

            whole.WriteTo(writer);
            return;
        }

        writer.WriteRawValue(Body(), skipInputValidation: true);
    }

    private byte[] Body() => _body ??= JsonSerializer.SerializeToUtf8Bytes(value, JsonForm.Compact);
}
