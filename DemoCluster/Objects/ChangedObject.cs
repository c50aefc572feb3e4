using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects;

/// <summary>From the object as it is and what a client made of it to the one that may be kept.</summary>
internal static class ChangedObject
{
    private static readonly string[] Systems =
        ["name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"];

    public static bool HasGeneration(ResourceKind kind) => kind.Group is "apps" or "batch";

    public static void CheckPreconditions(ResourceKind kind, StoredObject current, JsonObject changed)
    {
        var version = changed.ResourceVersion();
        if (version.Length > 0 && version != "0" && !IsVersion(version))
        {
            var causes = new InvalidCauses();
            causes.Invalid("metadata.resourceVersion", $"\"{version}\"", $"strconv.ParseUint: parsing \"{version}\": invalid syntax");
            causes.ThrowIfAny(kind, current.Name);
        }

        if (version.Length > 0 && version != "0" && version != current.Value.ResourceVersion())
        {
            throw ApiErrors.Conflict(kind, current.Name);
        }

        if (changed.Uid() is { Length: > 0 } uid && uid != current.Uid)
        {
            throw ApiErrors.Conflict(kind, current.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
        }
    }

    /// <param name="next">In its storage version; becomes the result, or a part of it.</param>
    public static JsonObject Merge(ResourceKind kind, JsonObject current, JsonObject next, WritePart part)
    {
        if (part != WritePart.Main)
        {
            var (section, field) = part == WritePart.Status ? ("", "status") : ("spec", "finalizers");
            var whole = (JsonObject)current.DeepClone();
            var target = section.Length == 0 ? whole : whole.Section(section);
            var source = section.Length == 0 ? next : next.Map(section) ?? [];
            Take(field, source, target);
            KeepManagedFields(next.Section("metadata"), whole.Section("metadata"));
            return whole;
        }

        var metadata = next.Section("metadata");
        foreach (var system in Systems)
        {
            Take(system, current.Section("metadata"), metadata);
        }

        if (metadata["managedFields"] is null)
        {
            Take("managedFields", current.Section("metadata"), metadata);
        }

        ObjectMetadata.Arrange(metadata);
        if (kind.Subresources.Contains("status"))
        {
            Take("status", current, next);
        }

        if (kind.Subresources.Contains("finalize"))
        {
            next["spec"] = current["spec"]?.DeepClone();
        }

        return next;
    }

    /// <summary>Rises with every change of what the user wants.</summary>
    public static void CountGeneration(ResourceKind kind, JsonObject current, JsonObject next)
    {
        if (HasGeneration(kind) && !JsonNode.DeepEquals(current["spec"], next["spec"]))
        {
            next.Section("metadata")["generation"] = (current.Number("metadata.generation") ?? 0) + 1;
        }
    }

    private static void KeepManagedFields(JsonObject from, JsonObject to)
    {
        if (from["managedFields"] is not null)
        {
            Take("managedFields", from, to);
        }
    }

    private static bool IsVersion(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static void Take(string field, JsonObject from, JsonObject to)
    {
        if (from.TryGetPropertyValue(field, out var node))
        {
            to[field] = node?.DeepClone();
        }
        else
        {
            to.Remove(field);
        }
    }
}
