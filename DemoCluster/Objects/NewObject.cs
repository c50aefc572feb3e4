using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects;

/// <summary>What every object gets when it begins, and what no client may choose for it.</summary>
internal sealed class NewObject(RevisionStore revisions, TimeProvider time)
{
    /// <summary>No vowels, so that no words come about.</summary>
    private const string SuffixLetters = "bcdfghjklmnpqrstvwxz2456789";

    private const int SuffixLength = 5;
    private const int LongestBase = 63 - SuffixLength;

    private static readonly string[] Systems = ["selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"];

    public void Prepare(ResourceKind kind, JsonObject kept)
    {
        var metadata = kept.Section("metadata");
        CheckNamespace(kind, kept);
        if (metadata.Text("resourceVersion").Length > 0)
        {
            throw ApiErrors.Internal("resourceVersion should not be set on objects to be created");
        }

        foreach (var field in Systems)
        {
            metadata.Remove(field);
        }

        metadata.Remove("resourceVersion");
        if (metadata.Text("name").Length == 0 && metadata.Text("generateName") is { Length: > 0 } start)
        {
            metadata["name"] = start[..Math.Min(start.Length, LongestBase)] + RandomNumberGenerator.GetString(SuffixLetters, SuffixLength);
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = ObjectMetadata.Timestamp(time.GetUtcNow());
        if (ChangedObject.HasGeneration(kind))
        {
            metadata["generation"] = 1;
        }

        ObjectMetadata.Arrange(metadata);
        if (kind.Subresources.Contains("status") && kind.Resource != "nodes")
        {
            kept.Remove("status");
        }
    }

    private void CheckNamespace(ResourceKind kind, JsonObject kept)
    {
        if (!kind.Namespaced)
        {
            kept.Section("metadata").Remove("namespace");
            return;
        }

        var name = kept.Namespace();
        var namespaces = ResourceKinds.Named("Namespace");
        var home = revisions.Find(namespaces, "", name) ?? throw ApiErrors.NotFound(namespaces, name);
        if (home.Value.IsMarked())
        {
            var cause = new JsonObject
            {
                ["reason"] = "NamespaceTerminating",
                ["message"] = $"namespace {name} is being terminated",
                ["field"] = "metadata.namespace",
            };
            var why = $"unable to create new content in namespace {name} because it is being terminated";
            throw ApiErrors.Forbidden(kind, kept.Name(), why, new JsonArray(cause));
        }
    }
}
