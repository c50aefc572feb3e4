using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects;

/// <summary>Whether an object goes at once, or is marked with a deletionTimestamp and waits for its finalizers or its grace period.</summary>
internal sealed class DeletionMark(TimeProvider time)
{
    public const string Foreground = "foregroundDeletion";

    private static readonly string[] Permanent = ["default", "kube-system", "kube-public"];

    public static void CheckAllowed(ResourceKind kind, StoredObject current, DeleteOptions options)
    {
        if (kind is { Group: "", Resource: "namespaces" } && Permanent.Contains(current.Name))
        {
            throw ApiErrors.Forbidden(kind, current.Name, "this namespace may not be deleted");
        }

        if (options.Uid.Length > 0 && options.Uid != current.Uid)
        {
            var why = $"the UID in the precondition ({options.Uid}) does not match the UID in record ({current.Uid}). The object might have been deleted and then recreated";
            throw ApiErrors.PreconditionFailed(kind, current.Name, why);
        }

        var version = current.Value.ResourceVersion();
        if (options.ResourceVersion.Length > 0 && options.ResourceVersion != version)
        {
            var why = $"the ResourceVersion in the precondition ({options.ResourceVersion}) does not match the ResourceVersion in record ({version}). The object might have been modified";
            throw ApiErrors.PreconditionFailed(kind, current.Name, why);
        }
    }

    /// <summary>True for a marked object that nothing holds any more.</summary>
    public static bool IsFree(JsonObject value) =>
        value.IsMarked() && value.Finalizers().Count == 0 && !value.Items("spec.finalizers").Any() && (value.Number("metadata.deletionGracePeriodSeconds") ?? 0) == 0;

    /// <returns>The object to keep instead; null when it goes at once.</returns>
    public JsonObject? Make(StoredObject current, DeleteOptions options)
    {
        var marked = (JsonObject)current.Value.DeepClone();
        var finalizers = Finalizers(current, options);
        marked.SetFinalizers(finalizers);
        var grace = Grace(current, options);
        var held = finalizers.Count > 0 || marked.Items("spec.finalizers").Any();
        if (grace == 0 && !held)
        {
            return null;
        }

        var metadata = marked.Section("metadata");
        var before = current.Value.IsMarked() ? current.Value.Number("metadata.deletionGracePeriodSeconds") ?? 0 : long.MaxValue;
        if (grace < before)
        {
            metadata["deletionTimestamp"] = ObjectMetadata.Timestamp(time.GetUtcNow().AddSeconds(grace));
            if (current.Storage.Resource != "namespaces")
            {
                metadata["deletionGracePeriodSeconds"] = grace;
            }

            if (marked.Number("metadata.generation") is { } generation)
            {
                metadata["generation"] = generation + 1;
            }
        }

        if (current.Storage.Resource == "namespaces")
        {
            marked.Section("status")["phase"] = "Terminating";
        }

        ObjectMetadata.Arrange(metadata);
        return marked;
    }

    private static IReadOnlyList<string> Finalizers(StoredObject current, DeleteOptions options)
    {
        var finalizers = current.Value.Finalizers();
        return options.Propagation == PropagationPolicy.Foreground && !finalizers.Contains(Foreground) && !current.Value.IsMarked()
            ? [.. finalizers, Foreground]
            : finalizers;
    }

    /// <summary>Only a pod that runs somewhere needs time to end.</summary>
    private static long Grace(StoredObject current, DeleteOptions options)
    {
        if (current.Storage is not { Group: "", Resource: "pods" }
            || current.Value.Text("spec.nodeName").Length == 0
            || current.Value.Text("status.phase") is "Succeeded" or "Failed")
        {
            return 0;
        }

        return Math.Max(0, options.GracePeriodSeconds ?? current.Value.Number("spec.terminationGracePeriodSeconds") ?? 30);
    }
}
