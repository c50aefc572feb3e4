using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Kinds.Rules;

namespace KubeLens.DemoCluster.Objects;

/// <summary>The cluster's objects with the rules of their kinds: names, namespaces, defaults, generations, deletion.</summary>
internal sealed class ObjectStore(RevisionStore revisions, KindRules rules, TimeProvider time) : IObjectStore
{
    private const int Attempts = 8;
    private readonly NewObject _new = new(revisions, time);
    private readonly DeletionMark _mark = new(time);

    /// <summary>Raised after each creation, outside all locks, on the thread that created.</summary>
    public event Action<StoredObject>? Created;

    /// <summary>Raised after each removal, outside all locks, on the thread that removed.</summary>
    public event Action<StoredObject>? Removed;

    /// <summary>Raised after a pod began to end.</summary>
    public event Action<StoredObject>? Marked;

    public RevisionStore Revisions => revisions;

    public (IReadOnlyList<JsonObject> Items, long ResourceVersion) List(ResourceKind kind, string ns)
    {
        var snapshot = revisions.Snapshot(kind);
        return ([.. snapshot.In(ns).Select(stored => stored.As(kind))], snapshot.Version);
    }

    public long LastChange(ResourceKind kind) => revisions.LastChange(kind);

    public JsonObject? Find(ResourceKind kind, string ns, string name) => revisions.Find(kind, ns, name)?.As(kind);

    public StoredObject Get(ResourceKind kind, string ns, string name) => revisions.Find(kind, ns, name) ?? throw ApiErrors.NotFound(kind, name);

    public JsonObject Create(ResourceKind kind, JsonObject value) => Create(kind, value, dryRun: false).As(kind);

    /// <param name="writer">Whose fields they become in managedFields; null leaves these as they are.</param>
    public StoredObject Create(ResourceKind kind, JsonObject value, bool dryRun, Writer? writer = null)
    {
        var kept = ObjectVersions.ToStorage(kind, value);
        _new.Prepare(kind, kept);
        rules.Of(kind).Default(kept, old: null);
        var causes = new InvalidCauses();
        NameRules.Validate(kind, kept.Name(), causes);
        rules.Of(kind).Validate(kept, old: null, causes);
        causes.ThrowIfAny(kind, kept.Name());
        writer?.SignNew(kind, kept, time.GetUtcNow());
        if (dryRun && revisions.Find(kind, kept.Namespace(), kept.Name()) is null)
        {
            return new StoredObject(kind, kept, version: 0);
        }

        if (dryRun || !revisions.TryPut(kind, before: null, kept, out var stored))
        {
            throw ApiErrors.AlreadyExists(kind, kept.Name());
        }

        Created?.Invoke(stored);
        return stored;
    }

    public JsonObject Update(ResourceKind kind, JsonObject value) =>
        Update(kind, value.Namespace(), value.Name(), _ => value, WritePart.Main, dryRun: false).As(kind);

    /// <summary>Changes the current object; starts over when somebody else was faster, unless the change named a resourceVersion.</summary>
    /// <param name="change">From a copy of the object, in this version of the resource, to what it shall become. May throw.</param>
    /// <param name="writer">Whose change it is in managedFields; null leaves these as they are.</param>
    public StoredObject Update(ResourceKind kind, string ns, string name, Func<JsonObject, JsonObject> change, WritePart part, bool dryRun, Writer? writer = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var current = Get(kind, ns, name);
            if (TryUpdate(kind, current, change(current.As(kind)), part, dryRun, writer, out var stored))
            {
                return stored;
            }
        }

        throw ApiErrors.Conflict(kind, name);
    }

    public JsonObject Delete(ResourceKind kind, string ns, string name, string? uid = null, string? resourceVersion = null) =>
        Delete(kind, ns, name, new DeleteOptions { Uid = uid ?? "", ResourceVersion = resourceVersion ?? "", GracePeriodSeconds = 0 }).Object.As(kind);

    public DeleteResult Delete(ResourceKind kind, string ns, string name, DeleteOptions options)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var current = Get(kind, ns, name);
            DeletionMark.CheckAllowed(kind, current, options);
            if (_mark.Make(current, options) is { } marked)
            {
                if (JsonNode.DeepEquals(marked, current.Value) || options.DryRun)
                {
                    return new DeleteResult(new StoredObject(current.Storage, marked, current.Version), Removed: false);
                }

                if (revisions.TryPut(kind, current, marked, out var stored))
                {
                    Marked?.Invoke(stored);
                    return new DeleteResult(stored, Removed: false);
                }
            }
            else if (options.DryRun || Remove(current))
            {
                return new DeleteResult(current, Removed: true);
            }
        }

        throw ApiErrors.Conflict(kind, name);
    }

    private bool TryUpdate(ResourceKind kind, StoredObject current, JsonObject changed, WritePart part, bool dryRun, Writer? writer, [NotNullWhen(true)] out StoredObject? stored)
    {
        ChangedObject.CheckPreconditions(kind, current, changed);
        var next = ChangedObject.Merge(kind, current.Value, ObjectVersions.ToStorage(kind, changed), part);
        if (part == WritePart.Main)
        {
            rules.Of(kind).Default(next, current.Value);
            var causes = new InvalidCauses();
            rules.Of(kind).Validate(next, current.Value, causes);
            causes.ThrowIfAny(kind, current.Name);
        }

        ChangedObject.CountGeneration(kind, current.Value, next);
        if (JsonNode.DeepEquals(next, current.Value))
        {
            stored = current;
            return true;
        }

        writer?.Sign(kind, current.Value, next, time.GetUtcNow());
        if (dryRun)
        {
            stored = new StoredObject(kind, next, current.Version);
            return true;
        }

        if (DeletionMark.IsFree(next))
        {
            stored = new StoredObject(kind, next, current.Version);
            return Remove(current);
        }

        return revisions.TryPut(kind, current, next, out stored);
    }

    private bool Remove(StoredObject current)
    {
        var last = revisions.TryRemove(current);
        if (last is not null)
        {
            Removed?.Invoke(last);
        }

        return last is not null;
    }
}
