using KubeLens.DemoCluster.Access;

namespace KubeLens.DemoCluster.Audit;

/// <summary><c>authentication.k8s.io/v1 UserInfo</c>.</summary>
internal sealed record AuditUser(string Username, string? Uid, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra)
{
    public static AuditUser Of(DemoUser user) => new(user.Name, user.Uid.Length > 0 ? user.Uid : null, user.Groups, user.Extra.Count > 0 ? user.Extra : null);
}
