using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace KubeLens.Store.Audit;

/// <summary>
/// What is kept of an <c>audit.k8s.io/v1</c> Event (https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/): who did what and what
/// was decided. Never its objects, which hold secrets; its target is redacted by <see cref="AuditTarget"/>. Text that is absent is empty.
/// </summary>
internal sealed record AuditEvent
{
    public required string Cluster { get; init; }

    /// <summary>As the apiserver took it from the request, or made it: what a client sends is no proof of anything.</summary>
    public required string AuditId { get; init; }

    public required AuditStage Stage { get; init; }
    public required string Verb { get; init; }
    public required AuditTarget Target { get; init; }

    /// <summary>Who authenticated.</summary>
    public required string User { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>In whose name it was done, where that is somebody else.</summary>
    public string ImpersonatedUser { get; init; } = "";

    public IReadOnlyList<string> ImpersonatedGroups { get; init; } = [];

    /// <summary>The peer of the apiserver's connection: the last of <c>sourceIPs</c>. Those before it are claims of headers.</summary>
    public string Peer { get; init; } = "";

    public string UserAgent { get; init; } = "";
    public string ApiGroup { get; init; } = "";
    public string ApiVersion { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Namespace { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>0 where the event has none, as before an answer.</summary>
    public int Code { get; init; }

    /// <summary>Of a <c>Status</c> answer.</summary>
    public string Reason { get; init; } = "";

    public required DateTime ReceivedAt { get; init; }
    public required DateTime StageAt { get; init; }
    public AuditDecision Decision { get; init; } = AuditDecision.None;

    /// <summary>The request has ended.</summary>
    [JsonIgnore]
    public bool IsFinal => Stage >= AuditStage.ResponseComplete;

    /// <summary>Null where a client chose an id that is no UUID, which no gateway does.</summary>
    [JsonIgnore]
    public Guid? Id => Guid.TryParse(AuditId, out var id) ? id : null;

    [JsonIgnore]
    public IPAddress? PeerAddress => IPAddress.TryParse(Peer, out var address) ? address : null;

    /// <summary>
    /// Identifies the request, and is the same at each of its stages. Not the audit-id alone: whoever calls may send one that was used before;
    /// the time of reception, to the microsecond, is the apiserver's own.
    /// </summary>
    public Guid Key()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Cluster.Length}:{AuditId.Length}:{Verb.Length}:{Peer.Length}:{Cluster}{AuditId}{Verb}{Peer}{ReceivedAt.Ticks} {Target.Path}?{Target.Query}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
    }
}
