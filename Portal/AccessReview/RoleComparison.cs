using KubeLens.Contracts.Search;

namespace KubeLens.Portal.AccessReview;

/// <summary>What a pasted role allows, against what was used (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).</summary>
/// <param name="Unused">Rights that no call needed, a line for each rule that has some.</param>
/// <param name="Wider">Rights by a wildcard, or to any name, of which just some was used.</param>
/// <param name="Missing">Rights that calls needed and the role has not.</param>
internal sealed record RoleComparison(IReadOnlyList<string> Unused, IReadOnlyList<string> Wider, IReadOnlyList<string> Missing)
{
    private const string All = "*";

    public bool IsSame => Unused.Count + Wider.Count + Missing.Count == 0;

    /// <param name="rules">Of the pasted role.</param>
    /// <param name="uses">Of the review; those that were allowed count.</param>
    public static RoleComparison Of(IReadOnlyList<PastedRule> rules, IEnumerable<AccessUse> uses)
    {
        var used = uses.Where(use => use.IsGranted).ToList();
        var (unused, wider) = (new List<string>(), new List<string>());
        foreach (var rule in rules)
        {
            foreach (var right in RightsOf(rule))
            {
                var matching = used.Where(use => right.Allows(use)).ToList();
                if (matching.Count == 0)
                {
                    unused.Add(right.ToString());
                }
                else if (right.HasWildcard)
                {
                    wider.Add($"{right}: used was {string.Join("; ", matching.Select(use => use.Resource.Length > 0 ? $"{use.Verb} {NameOf(use.ApiGroup, ResourceOf(use))}" : $"{use.Verb} {string.Join(", ", use.Names)}").Distinct())}");
                }
            }
        }

        var missing = used.Select(use => (Use: use, Names: use.Names.Where(name => !rules.Any(rule => RightsOf(rule).Any(right => right.Allows(use, name)))).ToList()))
            .Where(use => use.Names.Count > 0 || (use.Use.Names.Count == 0 && !rules.Any(rule => RightsOf(rule).Any(right => right.Allows(use.Use, "")))))
            .Select(use => Text(use.Use, use.Names));
        return new RoleComparison([.. unused.Distinct()], [.. wider.Distinct()], [.. missing]);
    }

    private static IEnumerable<Right> RightsOf(PastedRule rule) =>
    [
        .. rule.Verbs.SelectMany(verb => rule.ApiGroups.SelectMany(group => rule.Resources.SelectMany(resource => (rule.ResourceNames.Count > 0 ? rule.ResourceNames : [""]).Select(name => new Right(rule.Namespace, verb, group, resource, name, ""))))),
        .. rule.Verbs.SelectMany(verb => rule.Paths.Select(path => new Right("", verb, "", "", "", path))),
    ];

    private static string Text(AccessUse use, IReadOnlyList<string> names) => use.Resource.Length == 0
        ? $"{use.Verb} {string.Join(", ", names)}"
        : $"{use.Verb} {NameOf(use.ApiGroup, ResourceOf(use))}{(names.Any(name => name.Length > 0) ? $" {string.Join(", ", names.Where(name => name.Length > 0))}" : "")}{(use.Namespace.Length > 0 ? $" in {use.Namespace}" : "")}";

    private static string ResourceOf(AccessUse use) => use.Subresource.Length > 0 ? $"{use.Resource}/{use.Subresource}" : use.Resource;

    // deployments.apps/scale, as kubectl writes it.
    private static string NameOf(string group, string resource) => group.Length == 0 ? resource : resource.Split('/', 2) is [var head, var sub] ? $"{head}.{group}/{sub}" : $"{resource}.{group}";

    private sealed record Right(string Namespace, string Verb, string Group, string Resource, string Name, string Path)
    {
        public bool HasWildcard => Verb == All || Group == All || Resource.Contains(All, StringComparison.Ordinal) || Path.EndsWith(All, StringComparison.Ordinal);

        public bool Allows(AccessUse use) => use.Names.Count == 0 ? Allows(use, "") : use.Names.Any(name => Allows(use, name));

        public bool Allows(AccessUse use, string name) => (Verb == All || Verb == use.Verb)
            && (use.Resource.Length == 0
                ? Path == name || Path == All || (Path.EndsWith(All, StringComparison.Ordinal) && name.StartsWith(Path.TrimEnd('*'), StringComparison.Ordinal))
                : Path.Length == 0 && (Namespace.Length == 0 || Namespace == use.Namespace) && (Group == All || Group == use.ApiGroup) && IsOf(use) && (Name.Length == 0 || Name == name));

        public override string ToString() => Path.Length > 0
            ? $"{Verb} {Path}"
            : $"{Verb} {NameOf(Group, Resource)}{(Name.Length > 0 ? $" {Name}" : "")}{(Namespace.Length > 0 ? $" in {Namespace}" : "")}";

        // All resources, a subresource of all of them, or just one.
        private bool IsOf(AccessUse use) => Resource == All || Resource == ResourceOf(use) || (use.Subresource.Length > 0 && Resource == $"{All}/{use.Subresource}");
    }
}
