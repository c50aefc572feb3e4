using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects.Reclaim;

/// <summary>
/// The garbage collector and the namespace controller in one: acts in the call that deletes, not some time after it,
/// so that a replayed history comes out the same each time.
/// </summary>
internal sealed class Reclaimer(ObjectStore store)
{
    private static readonly ResourceKind Namespaces = ResourceKinds.Named("Namespace");

    public void Attach()
    {
        store.Removed += OnRemoved;
        store.Marked += OnMarked;
    }

    /// <summary>Before an owner goes whose dependents shall stay.</summary>
    public void Orphan(StoredObject owner)
    {
        foreach (var dependent in Dependents(owner.Uid))
        {
            Quietly(() => Disown(dependent, owner.Uid));
        }
    }

    private void OnMarked(StoredObject marked)
    {
        if (marked.Storage.StorageKey == Namespaces.StorageKey)
        {
            foreach (var content in Contents(marked.Name))
            {
                Delete(content);
            }

            FinishNamespace(marked.Name);
        }
        else if (marked.Value.Finalizers().Contains(DeletionMark.Foreground))
        {
            foreach (var dependent in Dependents(marked.Uid))
            {
                Delete(dependent, PropagationPolicy.Foreground);
            }

            FinishForeground(marked.Uid);
        }
    }

    private void OnRemoved(StoredObject removed)
    {
        foreach (var dependent in Dependents(removed.Uid))
        {
            if (dependent.Owners.Any(owner => owner != removed.Uid && Exists(owner)))
            {
                Quietly(() => Disown(dependent, removed.Uid));
            }
            else
            {
                Delete(dependent);
            }
        }

        foreach (var owner in removed.Owners)
        {
            FinishForeground(owner);
        }

        FinishNamespace(removed.Namespace);
    }

    private void FinishNamespace(string name)
    {
        if (name.Length > 0 && store.Revisions.Find(Namespaces, "", name) is { } home && home.Value.IsMarked() && Contents(name).Count == 0)
        {
            Quietly(() => store.Update(Namespaces, "", name, ReclaimedObject.WithoutSpecFinalizers, WritePart.Finalize, dryRun: false));
        }
    }

    private void FinishForeground(string uid)
    {
        var owner = store.Revisions.All().FirstOrDefault(candidate => candidate.Uid == uid);
        if (owner is not null
            && owner.Value.IsMarked()
            && owner.Value.Finalizers().Contains(DeletionMark.Foreground)
            && !Dependents(uid).Any(dependent => ReclaimedObject.Blocks(dependent.Value, uid)))
        {
            Quietly(() => store.Update(owner.Storage, owner.Namespace, owner.Name, ReclaimedObject.WithoutForeground, WritePart.Main, dryRun: false));
        }
    }

    private void Delete(StoredObject target, PropagationPolicy propagation = PropagationPolicy.Background) =>
        Quietly(() => store.Delete(target.Storage, target.Namespace, target.Name, new DeleteOptions { Uid = target.Uid, Propagation = propagation }));

    private void Disown(StoredObject dependent, string uid) => store.Update(
        dependent.Storage,
        dependent.Namespace,
        dependent.Name,
        value => ReclaimedObject.WithoutOwner(value, uid),
        WritePart.Main,
        dryRun: false);

    private List<StoredObject> Dependents(string uid) => [.. store.Revisions.All().Where(candidate => candidate.Owners.Contains(uid))];

    private List<StoredObject> Contents(string ns) => [.. store.Revisions.All().Where(candidate => candidate.Namespace == ns)];

    private bool Exists(string uid) => store.Revisions.All().Any(candidate => candidate.Uid == uid);

    /// <summary>Somebody else may have been faster: what is gone or changed is none of the collector's business then.</summary>
    private static void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (Api.ApiException gone) when (gone.Code is 404 or 409)
        {
            return;
        }
    }
}
