namespace KubeLens.DemoCluster.Access.Rbac;

/// <summary>All grants at one moment, by who has them. Never changes.</summary>
internal sealed class RbacPolicy(IReadOnlyDictionary<string, List<RbacGrant>> users, IReadOnlyDictionary<string, List<RbacGrant>> groups)
{
    public AccessDecision Decide(AccessAttributes asked)
    {
        foreach (var grant in Of(asked.User))
        {
            if (grant.Allows(asked))
            {
                return new AccessDecision(true, grant.Reason);
            }
        }

        return new AccessDecision(false, "");
    }

    /// <summary>All that a user has, by name and by groups.</summary>
    public IEnumerable<RbacGrant> Of(DemoUser user)
    {
        if (users.TryGetValue(user.Name, out var own))
        {
            foreach (var grant in own)
            {
                yield return grant;
            }
        }

        foreach (var group in user.Groups)
        {
            if (groups.TryGetValue(group, out var shared))
            {
                foreach (var grant in shared)
                {
                    yield return grant;
                }
            }
        }
    }
}
