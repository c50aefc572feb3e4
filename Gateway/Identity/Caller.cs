using KubeLens.Gateway.Identity.Workloads;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity;

/// <summary>Who makes a call. Shared by all calls of a connection or a token, so that what follows from it is worked out once.</summary>
internal sealed class Caller : ICallerFeature
{
    private ImpersonationHeaders? _impersonation;
    private RemoteHeaders? _remote;
    private UpstreamIdentity? _asUpstream;

    public required string Name { get; init; }

    /// <summary>As the credential says; the cluster adds its own.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public string Uid { get; init; } = "";
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Extra { get; init; } = [];

    /// <summary>How the name is known, as <see cref="UserSources"/>.</summary>
    public required string Source { get; init; }

    public Workload Workload { get; init; } = Workload.None;

    /// <summary>False where the name is what an unverified token claims.</summary>
    public bool IsProven { get; init; } = true;

    /// <summary>Whether the credential is a certificate that this gateway issued.</summary>
    public bool IsIssued { get; init; }

    /// <summary>When the credential ends. A connection may outlive its certificate; its calls may not.</summary>
    public DateTimeOffset NotAfter { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Cancelled when the certificate that the gateway issued is revoked.</summary>
    public CancellationToken Revoked { get; init; }

    /// <summary>Whom the apiserver sees when the call is made in this name.</summary>
    public UpstreamIdentity AsUpstream => _asUpstream ??= new UpstreamIdentity(Name, UserGroups.Impersonated(Name, Groups), Source);

    /// <summary>What the gateway sends beside its own credential to act as this caller.</summary>
    public ImpersonationHeaders AsImpersonation => _impersonation ??= new ImpersonationHeaders(new Impersonation(Name, Uid, GroupsToSend(), Extra), Source);

    /// <summary>What an authenticating proxy says of this caller.</summary>
    public RemoteHeaders AsRemote => _remote ??= new RemoteHeaders(Name, Groups, Extra, Source);

    string ICallerFeature.Name => IsProven ? Name : "";

    /// <summary>What a header cannot carry upstream unchanged.</summary>
    /// <returns>A sentence; null when there is nothing.</returns>
    public string? Problem()
    {
        if (Name.Length == 0 || !HeaderText.IsExact(Name))
        {
            return Name.Length == 0 ? "the credential names nobody" : "the user's name has control characters or spaces at its ends, which cannot be passed on";
        }

        return Groups.Append(Uid).Concat(Extra.SelectMany(extra => extra.Value)).All(HeaderText.IsExact)
            ? null
            : "a group or another detail of the user has control characters or spaces at its ends, which cannot be passed on";
    }

    // Repeated headers cost HTTP/2 (see RepeatedHeaderHandler), so that groups which the apiserver gives this user anyway stay at home.
    private IReadOnlyList<string> GroupsToSend()
    {
        var all = AsUpstream.Groups;
        return UserGroups.Impersonated(Name, []).ToHashSet(StringComparer.Ordinal).SetEquals(all) ? [] : all;
    }
}
