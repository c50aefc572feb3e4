using System.Security.Claims;

namespace KubeLens.Store.Access;

/// <summary>What roles have in common: an admin is an auditor, and an auditor a viewer. This is the only place that says so.</summary>
internal static class StoreRoles
{
    /// <summary>The others are of services.</summary>
    public static readonly IReadOnlyList<StoreRole> OfPeople = [StoreRole.Viewer, StoreRole.Auditor, StoreRole.Admin];

    /// <summary>What people may choose from.</summary>
    public static string Names { get; } = string.Join(", ", OfPeople.Select(Name));

    /// <summary>The roles that somebody of this role has, its own among them.</summary>
    public static IEnumerable<StoreRole> With(StoreRole role) => OfPeople.Contains(role) ? OfPeople.Where(other => other <= role) : [role];

    /// <summary>As the API writes it: <c>auditor</c>.</summary>
    public static string Name(this StoreRole role) => role.ToString().ToLowerInvariant();

    /// <summary>The role of people that has this name; null for anything else.</summary>
    public static StoreRole? Find(string name) => OfPeople.Cast<StoreRole?>().FirstOrDefault(role => role!.Value.Name() == name);

    /// <summary>The role of people that somebody has, and all before it; null for a service.</summary>
    public static StoreRole? Highest(ClaimsPrincipal user) => OfPeople.Cast<StoreRole?>().LastOrDefault(role => user.IsInRole(role!.Value.ToString()));

    /// <summary>Whether somebody may read what was sent and answered, not only that it was.</summary>
    public static bool SeesBodies(this ClaimsPrincipal user) => user.IsInRole(nameof(StoreRole.Auditor));
}
