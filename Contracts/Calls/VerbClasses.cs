using System.Collections.Immutable;

namespace KubeLens.Contracts.Calls;

/// <summary>Which verbs are of which class; the methods of non-resource paths count as verbs.</summary>
public static class VerbClasses
{
    public static ImmutableArray<string> ReadVerbs { get; } = ["get", "list", "watch", "head", "options"];
    public static ImmutableArray<string> WriteVerbs { get; } = ["create", "update", "patch", "post", "put"];
    public static ImmutableArray<string> DeleteVerbs { get; } = ["delete", "deletecollection"];
    public static ImmutableArray<string> InteractiveVerbs { get; } = ["proxy"];

    /// <summary>With one of these a call is interactive, whatever its verb.</summary>
    public static ImmutableArray<string> InteractiveSubresources { get; } = ["exec", "attach", "portforward", "proxy"];

    /// <summary>The class of a call.</summary>
    public static VerbClass Of(string verb, string subresource) =>
        InteractiveSubresources.Contains(subresource) || InteractiveVerbs.Contains(verb) ? VerbClass.Interactive
        : ReadVerbs.Contains(verb) ? VerbClass.Read
        : WriteVerbs.Contains(verb) ? VerbClass.Write
        : DeleteVerbs.Contains(verb) ? VerbClass.Delete
        : VerbClass.Other;
}
