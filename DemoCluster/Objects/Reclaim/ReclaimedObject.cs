using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Objects.Reclaim;

/// <summary>The changes that the reclaimer makes to objects.</summary>
internal static class ReclaimedObject
{
    public static JsonObject WithoutSpecFinalizers(JsonObject value)
    {
        value.Section("spec").Remove("finalizers");
        value.Section("metadata").Remove("resourceVersion");
        return value;
    }

    public static JsonObject WithoutForeground(JsonObject value)
    {
        value.SetFinalizers(value.Finalizers().Where(name => name != DeletionMark.Foreground));
        value.Section("metadata").Remove("resourceVersion");
        return value;
    }

    public static JsonObject WithoutOwner(JsonObject value, string uid)
    {
        var kept = value.Maps("metadata.ownerReferences").Where(owner => owner.Text("uid") != uid).Select(owner => owner.DeepClone()).ToArray();
        var metadata = value.Section("metadata");
        metadata.Remove("ownerReferences");
        metadata.Remove("resourceVersion");
        if (kept.Length > 0)
        {
            metadata["ownerReferences"] = new JsonArray(kept);
        }

        return value;
    }

    public static bool Blocks(JsonObject dependent, string uid) =>
        dependent.Maps("metadata.ownerReferences").Any(owner => owner.Text("uid") == uid && owner.Flag("blockOwnerDeletion"));
}
