using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Objects;

/// <summary>Which object of a cluster's API.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">Plural, lower case.</param>
/// <param name="Namespace">Empty for what has no namespace.</param>
/// <param name="Name">Of the object.</param>
internal sealed record ObjectAddress(string Group, string Resource, string Namespace, string Name)
{
    private const string Core = "core";
    private const string None = "_";

    /// <summary>As it stands in an address: <c>apps/deployments/prod/web</c>, <c>core/nodes/_/node-1</c>.</summary>
    public string Path => string.Join('/', new[] { Group.Length > 0 ? Group : Core, Resource, Namespace.Length > 0 ? Namespace : None, Name }.Select(Uri.EscapeDataString));

    /// <summary><c>deployments.apps prod/web</c></summary>
    public string Title => $"{Resource}{(Group.Length > 0 ? "." : "")}{Group} {Namespace}{(Namespace.Length > 0 ? "/" : "")}{Name}";

    /// <summary>The parts of an address as they came.</summary>
    public static ObjectAddress Of(string group, string resource, string ns, string name) => new(group == Core ? "" : group, resource, ns == None ? "" : ns, name);

    /// <summary>The object that a call was about; null when it was about none, or many.</summary>
    public static ObjectAddress? Of(CallItem call) =>
        call.Resource.Length > 0 && call.Name.Length > 0 ? new(call.ApiGroup, call.Resource, call.Namespace, call.Name) : null;

    /// <summary>Whether the call may have changed it.</summary>
    public static bool MayChange(CallItem call) => Of(call) is not null && VerbClasses.Of(call.Verb, call.Subresource) is VerbClass.Write or VerbClass.Delete;
}
