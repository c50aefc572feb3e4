using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects;

/// <summary>
/// What etcd is to an API server: objects, one counter of versions, compare-and-swap, and the newest changes.
/// Knows no rules of kinds; <see cref="ObjectStore"/> does.
/// </summary>
internal sealed class RevisionStore(int windowSize = RevisionStore.WindowSize)
{
    public const int WindowSize = 10_000;

    private readonly Lock _lock = new();
    private readonly ChangeWindow _window = new(windowSize);
    private readonly Dictionary<string, ImmutableSortedDictionary<string, StoredObject>> _tables = [];
    private readonly Dictionary<string, TaskCompletionSource> _pulses = [];
    private readonly Dictionary<string, long> _lastChanges = [];

    /// <inheritdoc cref="ChangeWindow.Horizon"/>
    public long Horizon
    {
        get
        {
            lock (_lock)
            {
                return _window.Horizon;
            }
        }
    }

    /// <inheritdoc cref="IObjectStore.LastChange"/>
    public long LastChange(ResourceKind kind)
    {
        lock (_lock)
        {
            return _lastChanges.GetValueOrDefault(kind.StorageKey);
        }
    }

    public StoreSnapshot Snapshot(ResourceKind kind)
    {
        lock (_lock)
        {
            return new StoreSnapshot(Table(kind), _window.Newest);
        }
    }

    /// <returns>False when the version has left the window; a version of the future reads as the newest.</returns>
    public bool TrySnapshotAt(ResourceKind kind, long version, out StoreSnapshot snapshot)
    {
        lock (_lock)
        {
            snapshot = new StoreSnapshot(Table(kind), Math.Min(version, _window.Newest));
            if (version < _window.Horizon)
            {
                return false;
            }

            var table = snapshot.Objects.ToBuilder();
            foreach (var change in _window.BackTo(version).Where(change => change.StorageKey == kind.StorageKey))
            {
                if (change.Before is null)
                {
                    table.Remove(change.Last.Key);
                }
                else
                {
                    table[change.Last.Key] = change.Before;
                }
            }

            snapshot = snapshot with { Objects = table.ToImmutable() };
            return true;
        }
    }

    /// <summary>Every resource's objects at the same moment.</summary>
    public IReadOnlyList<StoredObject> All()
    {
        lock (_lock)
        {
            return [.. _tables.Values.SelectMany(table => table.Values)];
        }
    }

    public StoredObject? Find(ResourceKind kind, string ns, string name) => Snapshot(kind).Objects.GetValueOrDefault(StoredObject.KeyOf(ns, name));

    /// <summary>The one way to change something: from <paramref name="before"/>, if it still is the current one, to <paramref name="value"/>.</summary>
    /// <param name="before">Null: there must be none yet.</param>
    /// <param name="value">Becomes the store's; gets its resourceVersion here.</param>
    public bool TryPut(ResourceKind kind, StoredObject? before, JsonObject value, [NotNullWhen(true)] out StoredObject? after)
    {
        lock (_lock)
        {
            after = null;
            var table = Table(kind);
            var key = before?.Key ?? StoredObject.KeyOf(value.Namespace(), value.Name());
            if (table.GetValueOrDefault(key) != before)
            {
                return false;
            }

            after = Stamped(before?.Storage ?? kind, value);
            _tables[kind.StorageKey] = table.SetItem(key, after);
            Record(new Change(after.Version, before, after, after));
            return true;
        }
    }

    /// <returns>The object as it was, with the version of its removal; null when it no longer is the current one.</returns>
    public StoredObject? TryRemove(StoredObject before)
    {
        lock (_lock)
        {
            var table = Table(before.Storage);
            if (table.GetValueOrDefault(before.Key) != before)
            {
                return null;
            }

            var last = Stamped(before.Storage, (JsonObject)before.Value.DeepClone());
            _tables[before.Storage.StorageKey] = table.Remove(before.Key);
            Record(new Change(last.Version, before, null, last));
            return last;
        }
    }

    /// <summary>What happened to a resource since a version, and when to look again.</summary>
    /// <param name="after">Moves to the version up to which all is told.</param>
    /// <returns>False when the changes since have partly left the window.</returns>
    public bool TryRead(ResourceKind kind, ref long after, out IReadOnlyList<Change> changes, out Task next)
    {
        lock (_lock)
        {
            next = Pulse(kind.StorageKey).Task;
            changes = [];
            if (after < _window.Horizon)
            {
                return false;
            }

            changes = [.. _window.After(after).Where(change => change.StorageKey == kind.StorageKey)];
            after = Math.Max(after, _window.Newest);
            return true;
        }
    }

    private ImmutableSortedDictionary<string, StoredObject> Table(ResourceKind kind) => _tables.GetValueOrDefault(kind.StorageKey, StoreSnapshot.Empty);

    private StoredObject Stamped(ResourceKind kind, JsonObject value)
    {
        var version = _window.Newest + 1;
        value.Section("metadata")["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        ObjectMetadata.ArrangeObject(value);
        return new StoredObject(kind, value, version);
    }

    private void Record(Change change)
    {
        _window.Add(change);
        _lastChanges[change.StorageKey] = change.Version;
        if (_pulses.Remove(change.StorageKey, out var pulse))
        {
            pulse.SetResult();
        }
    }

    private TaskCompletionSource Pulse(string storageKey)
    {
        if (!_pulses.TryGetValue(storageKey, out var pulse))
        {
            pulse = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _pulses[storageKey] = pulse;
        }

        return pulse;
    }
}
