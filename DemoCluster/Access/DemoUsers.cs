using System.Collections.Frozen;
using KubeLens.Gateway.Upstream;

namespace KubeLens.DemoCluster.Access;

/// <summary>Who works with the demo cluster. Their rights are RBAC objects (<see cref="Hosting.Seed.BindingSeed"/>).</summary>
internal static class DemoUsers
{
    private static readonly FrozenDictionary<string, DemoUser> ByName = new (string Name, string[] Groups)[]
    {
        ("alice@example.com", ["dev"]),
        ("bob@example.com", ["dev"]),
        ("carol@example.com", ["sre"]),
        ("dave@example.com", ["dev", "contractors"]),
        ("mallory@example.com", ["contractors"]),
        ("admin", ["system:masters"]),
        ("kubelens-gateway", ["kubelens:gateways"]),
        ("system:kube-controller-manager", []),
        ("system:kube-scheduler", []),
        ("system:node:node-1", ["system:nodes"]),
        ("system:node:node-2", ["system:nodes"]),
        ("system:node:node-3", ["system:nodes"]),
    }.ToFrozenDictionary(user => user.Name, user => new DemoUser(user.Name, UserGroups.Authenticated(user.Groups)));

    public static IEnumerable<DemoUser> All => ByName.Values;

    /// <summary>Whom a name stands for once it is proved; a service account's by its form, and a stranger has no group of its own.</summary>
    public static DemoUser Named(string name) =>
        ByName.GetValueOrDefault(name) ?? new DemoUser(name, UserGroups.Authenticated(UserGroups.OfServiceAccount(name) ?? []));
}
