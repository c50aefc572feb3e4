using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Objects;

/// <summary>What the states around a call are called. Only of what was deleted it says so.</summary>
internal static class StateTitle
{
    public static string Of(ObjectVersion version, ObjectState? before, ObjectState? after) => (version.Kind, before, after) switch
    {
        (_, not null, not null) => "Before and after",
        (ObjectVersionKinds.Created, null, not null) => "The object as it was made",
        (_, null, not null) => "The object after the call; nothing before it is known",
        (ObjectVersionKinds.Deleted, _, null) => "The object before it was deleted",
        _ => "The object before the call; nothing after it is known",
    };

    /// <summary>Whether what is shown is one state and no difference: nothing came and nothing went, for all that is known.</summary>
    public static bool IsState(ObjectVersion version, ObjectState? before, ObjectState? after) => (version.Kind, before, after) switch
    {
        (_, not null, not null) or (ObjectVersionKinds.Created, null, _) or (ObjectVersionKinds.Deleted, _, null) => false,
        _ => true,
    };
}
