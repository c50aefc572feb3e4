using KubeLens.Contracts.Search;

namespace KubeLens.Store.AccessReview.Rbac;

/// <summary>
/// Makes roles that allow just what was used:
/// <code>
/// uses → 1 the role of each: that of its namespace, or the one ClusterRole → 2 rights, of a name where they can be → 3 rules, those that differ in one thing only as one
/// </code>
/// </summary>
internal static class RbacGenerator
{
    public const string All = "*";

    // Of these the apiserver knows no name when it authorizes, or not in each case.
    private static readonly string[] Nameless = ["create", "list", "watch", "deletecollection"];

    private static readonly string[] Order = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

    /// <summary>Whether a right to a verb may be limited to objects by their names.</summary>
    public static bool TakesNames(string verb) => !Nameless.Contains(verb);

    /// <param name="uses">Those that are to be allowed.</param>
    /// <param name="choice">What kind of roles.</param>
    /// <returns>The ClusterRole first; none without rules.</returns>
    public static IReadOnlyList<RbacRole> Generate(IEnumerable<AccessUse> uses, RbacChoice choice) =>
        [.. uses.GroupBy(use => choice.IsClusterWide || use.Resource.Length == 0 ? "" : use.Namespace).OrderBy(role => role.Key, StringComparer.Ordinal).Select(role => new RbacRole(role.Key, [.. Resources(role, choice), .. Paths(role)]))];

    private static IEnumerable<RbacRule> Resources(IEnumerable<AccessUse> uses, RbacChoice choice)
    {
        var rights = uses.Where(use => use.Resource.Length > 0).ToList();
        return choice.Level switch
        {
            RbacLevel.Names => ByName(rights),
            RbacLevel.Resource => Merge(rights.Select(use => (use.ApiGroup, Name(use), use.Verb))),
            _ => rights.GroupBy(use => use.ApiGroup).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Rule(group.Key, choice.Wildcards ? [All] : group.Select(Name), group.Select(use => use.Verb))),
        };
    }

    // 2
    private static IEnumerable<RbacRule> ByName(List<AccessUse> uses)
    {
        var rights = uses.GroupBy(use => (use.ApiGroup, Resource: Name(use), use.Verb)).Select(right => (right.Key, Names: right.All(IsNamed) ? Sorted(right.SelectMany(use => use.Names)) : [])).ToList();
        var named = rights.Where(right => right.Names.Count > 0)
            .GroupBy(right => (right.Key.ApiGroup, right.Key.Resource, Names: string.Join('\n', right.Names)))
            .OrderBy(rule => rule.Key.ApiGroup, StringComparer.Ordinal).ThenBy(rule => rule.Key.Resource, StringComparer.Ordinal).ThenBy(rule => rule.Key.Names, StringComparer.Ordinal)
            .Select(rule => Rule(rule.Key.ApiGroup, [rule.Key.Resource], rule.Select(right => right.Key.Verb)) with { ResourceNames = rule.First().Names });
        return [.. Merge(rights.Where(right => right.Names.Count == 0).Select(right => right.Key)), .. named];
    }

    /// <summary>Whether every object that it was about is known, and a rule may name them.</summary>
    public static bool IsNamed(AccessUse use) => TakesNames(use.Verb) && !use.HasMoreNames && use.Names.Count > 0 && !use.Names.Contains("");

    // 3. Resources of a group with the same verbs are one rule.
    private static IEnumerable<RbacRule> Merge(IEnumerable<(string ApiGroup, string Resource, string Verb)> rights) => rights
        .GroupBy(right => (right.ApiGroup, right.Resource))
        .Select(right => (right.Key.ApiGroup, right.Key.Resource, Verbs: Verbs(right.Select(one => one.Verb))))
        .GroupBy(right => (right.ApiGroup, Verbs: string.Join('\n', right.Verbs)))
        .Select(rule => Rule(rule.Key.ApiGroup, rule.Select(right => right.Resource), rule.First().Verbs))
        .OrderBy(rule => rule.ApiGroups[0], StringComparer.Ordinal).ThenBy(rule => rule.Resources[0], StringComparer.Ordinal);

    private static IEnumerable<RbacRule> Paths(IEnumerable<AccessUse> uses) => uses
        .Where(use => use.Resource.Length == 0)
        .SelectMany(use => use.Names.Select(path => (Path: path, use.Verb)))
        .GroupBy(right => right.Path)
        .Select(path => (Path: path.Key, Verbs: Verbs(path.Select(right => right.Verb))))
        .GroupBy(path => string.Join('\n', path.Verbs))
        .Select(rule => new RbacRule { NonResourceUrls = Sorted(rule.Select(path => path.Path)), Verbs = rule.First().Verbs })
        .OrderBy(rule => rule.NonResourceUrls[0], StringComparer.Ordinal);

    private static RbacRule Rule(string group, IEnumerable<string> resources, IEnumerable<string> verbs) => new() { ApiGroups = [group], Resources = Sorted(resources), Verbs = Verbs(verbs) };

    private static string Name(AccessUse use) => use.Subresource.Length > 0 ? $"{use.Resource}/{use.Subresource}" : use.Resource;

    private static IReadOnlyList<string> Sorted(IEnumerable<string> texts) => [.. texts.Distinct().Order(StringComparer.Ordinal)];

    private static IReadOnlyList<string> Verbs(IEnumerable<string> verbs) => [.. verbs.Distinct().OrderBy(verb => Array.IndexOf(Order, verb) is var place && place >= 0 ? place : Order.Length).ThenBy(verb => verb, StringComparer.Ordinal)];
}
