using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Objects;

/// <summary>What a version is, in words.</summary>
internal static class VersionText
{
    /// <summary>A word or two behind the verb.</summary>
    public static string Kind(ObjectVersion version) => version.Kind switch
    {
        ObjectVersionKinds.Created => "created",
        ObjectVersionKinds.Status => "status only",
        ObjectVersionKinds.Same => "no change",
        ObjectVersionKinds.Deleted => "deleted",
        ObjectVersionKinds.Failed => IsRefused(version) ? "had no effect" : "may have had an effect",
        ObjectVersionKinds.Seen => "seen by a read",
        _ => "",
    };

    /// <summary>Why neither the state before the call nor the one after it is there.</summary>
    public static string WithoutStates(ObjectVersion version) => version.Kind switch
    {
        ObjectVersionKinds.Failed when IsRefused(version) => "The call was refused: it changed nothing.",
        ObjectVersionKinds.Failed => "The call failed, or was not answered: whether it changed something is not known.",
        _ => "The object is not known, neither before nor after: it came as something else, in protobuf, or longer than what is kept.",
    };

    // What fails otherwise may have been written by then: a timeout, a broken connection.
    private static bool IsRefused(ObjectVersion version) => version.Status is >= 400 and < 500;
}
