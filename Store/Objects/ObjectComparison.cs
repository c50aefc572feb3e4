using System.Text.Json;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Objects;

/// <summary>What differs between the states around a call, and whether all of it is the call's (ADR 0028).</summary>
internal static class ObjectComparison
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private static readonly PathStep[] ReplicasPath = [new("spec"), new("replicas")];

    /// <summary>Null where there is nothing to compare.</summary>
    public static ObjectChanges? Of(ObjectBody before, ObjectFacts known)
    {
        if (known.Body is { } after)
        {
            return ObjectChanges.Between(before.Root, after.Root, known.Touched);
        }

        // A scale answers with what it wants, and not with the object.
        return known.Replicas is { } replicas && before.Root.Member("spec")?.Member("replicas") is { } was ? ObjectChanges.At(ReplicasPath, was, replicas, known.Touched) : null;
    }

    public static string BasisOf(ObjectCall call, ObjectFacts known, ObjectBody before, ObjectChanges changes) =>
        before.ResourceVersion.Length > 0 && (before.ResourceVersion == call.Version || IsInsistedOn(call, known, before) || IsOwnPatch(call, known, before, changes))
            ? ObjectChangeBases.Exact
            : ObjectChangeBases.Inferred;

    // The apiserver refuses an update or a patch that names a version which is not the newest (409).
    private static bool IsInsistedOn(ObjectCall call, ObjectFacts known, ObjectBody before) => !call.IsRead && known.Object.ResourceVersionBefore == before.ResourceVersion;

    // Each write that changes what is wanted counts the generation up by one, but not those of metadata and status. If it went up by one, and all that differs is what the patch speaks of,
    // the one such write was the patch, or another of the same before it, which left the patch nothing to do: then nobody wrote while it ran.
    private static bool IsOwnPatch(ObjectCall call, ObjectFacts known, ObjectBody before, ObjectChanges changes) =>
        call.Item.Verb == "patch" && known.Body is { } after && changes.Count > changes.OfMetadata + changes.OfStatus && changes.OfStatus == 0 && changes.Touched == changes.Count
        && GenerationOf(before) is { } was && GenerationOf(after) is { } now && now == was + 1 && IsWrittenDuring(call, after);

    // "managedFields":[{"manager":"kubectl-patch","operation":"Update","time":"2026-11-28T10:15:00Z",…}], by the apiserver's clock, in whole seconds.
    private static bool IsWrittenDuring(ObjectCall call, ObjectBody after) =>
        after.Root.Member("metadata")?.Member("managedFields") is { ValueKind: JsonValueKind.Array } managed
        && managed.EnumerateArray().Any(entry => entry.Member("time") is { ValueKind: JsonValueKind.String } text && text.TryGetDateTime(out var time)
            && time.ToUniversalTime() >= call.StartedAt - ClockTolerance && time.ToUniversalTime() <= call.At + ClockTolerance);

    private static long? GenerationOf(ObjectBody body) =>
        body.Root.Member("metadata")?.Member("generation") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var generation) ? generation : null;
}
