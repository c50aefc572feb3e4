namespace KubeLens.Store.Database;

/// <summary>What a dictionary entry stands for. The numbers are stored: add at the end, never renumber.</summary>
internal enum DimKind : short
{
    /// <summary>Value: user name. Parts: groups.</summary>
    User = 1,
    UserAgent = 2,
    Address = 3,
    Namespace = 4,

    /// <summary>Value: resource. Parts: API group, version, subresource.</summary>
    Resource = 5,
    Verb = 6,
    Cluster = 7,
    Caller = 8,
    Gateway = 9,
    Method = 10,
    Reason = 11,
    ImpersonatedUser = 12,

    /// <summary>Value: TLS version towards the client. Parts: cipher suite, ALPN, server name.</summary>
    ClientTls = 13,

    /// <summary>Value: the upstream's address and port.</summary>
    Peer = 14,

    /// <summary>Value: the pod that called. Parts: the node.</summary>
    Workload = 15,

    /// <summary>What a request asked for. Value: field manager. Parts: see <see cref="OptionParts"/>.</summary>
    Options = 16,

    /// <summary>What the apiserver warned of. Value: empty. Parts: the texts.</summary>
    Warnings = 17,

    /// <summary>What the apiserver decided and noted, by its audit event. Value: the reason. Parts: see <c>AuditDecision</c>.</summary>
    Decision = 18,
}
