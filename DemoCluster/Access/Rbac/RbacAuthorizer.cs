using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Rbac;

/// <summary>Decides by the RBAC objects in the store. They are read anew only when one has changed.</summary>
internal sealed class RbacAuthorizer(IObjectStore store)
{
    private const string Masters = "system:masters";

    private static readonly ResourceKind[] Kinds = [.. new[] { "ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding" }.Select(ResourceKinds.Named)];

    private readonly Lock _lock = new();
    private volatile Compiled? _compiled;

    public RbacPolicy Policy
    {
        get
        {
            // Read before the objects: what changes in between has a higher version and is seen the next time.
            var version = Version();
            if (_compiled is { } current && current.Version == version)
            {
                return current.Policy;
            }

            lock (_lock)
            {
                version = Version();
                return (_compiled is { } made && made.Version == version ? made : _compiled = new Compiled(version, RbacCompiler.Compile(store))).Policy;
            }
        }
    }

    public AccessDecision Decide(AccessAttributes asked) => asked.User.Groups.Contains(Masters) ? new AccessDecision(true, "") : Policy.Decide(asked);

    private long Version()
    {
        var version = 0L;
        foreach (var kind in Kinds)
        {
            version = Math.Max(version, store.LastChange(kind));
        }

        return version;
    }

    private sealed record Compiled(long Version, RbacPolicy Policy);
}
