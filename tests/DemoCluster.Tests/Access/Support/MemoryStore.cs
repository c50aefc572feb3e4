using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Access.Support;

/// <summary>As much of an object store as access needs.</summary>
internal sealed class MemoryStore(TimeProvider clock) : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Key, string Namespace, string Name), JsonObject> _objects = [];
    private readonly Dictionary<string, long> _changes = [];
    private long _version;

    public int Lists { get; private set; }

    public (IReadOnlyList<JsonObject> Items, long ResourceVersion) List(ResourceKind kind, string ns)
    {
        lock (_lock)
        {
            Lists++;
            return ([.. _objects.Where(pair => pair.Key.Key == kind.StorageKey && (ns.Length == 0 || pair.Key.Namespace == ns)).Select(pair => pair.Value.DeepClone().AsObject())], _version);
        }
    }

    public long LastChange(ResourceKind kind)
    {
        lock (_lock)
        {
            return _changes.GetValueOrDefault(kind.StorageKey);
        }
    }

    public JsonObject? Find(ResourceKind kind, string ns, string name)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault((kind.StorageKey, ns, name))?.DeepClone().AsObject();
        }
    }

    public JsonObject Create(ResourceKind kind, JsonObject value)
    {
        lock (_lock)
        {
            var key = (kind.StorageKey, value.Text("metadata", "namespace"), value.Text("metadata", "name"));
            if (_objects.ContainsKey(key))
            {
                throw new ApiException(409, "AlreadyExists", $"{kind.Resource} \"{key.Item3}\" already exists");
            }

            var kept = value.DeepClone().AsObject();
            kept["metadata"]!["uid"] = Guid.NewGuid().ToString();
            kept["metadata"]!["creationTimestamp"] ??= clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            return Keep(kind, key, kept);
        }
    }

    public JsonObject Update(ResourceKind kind, JsonObject value) => throw new NotSupportedException();

    public JsonObject Delete(ResourceKind kind, string ns, string name, string? uid = null, string? resourceVersion = null)
    {
        lock (_lock)
        {
            var key = (kind.StorageKey, ns, name);
            var was = _objects.GetValueOrDefault(key) ?? throw new ApiException(404, "NotFound", $"{kind.Resource} \"{name}\" not found");
            _objects.Remove(key);
            _changes[kind.StorageKey] = ++_version;
            return was;
        }
    }

    private JsonObject Keep(ResourceKind kind, (string, string, string) key, JsonObject value)
    {
        _changes[kind.StorageKey] = ++_version;
        value["metadata"]!["resourceVersion"] = _version.ToString(CultureInfo.InvariantCulture);
        _objects[key] = value;
        return value.DeepClone().AsObject();
    }
}
