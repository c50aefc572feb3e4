using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity.Issued;
using KubeLens.Gateway.Identity.Workloads;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// Judges a client's certificate once, in the handshake, and leaves the verdict on the connection. A bad one does not end
/// the handshake: the caller gets a 401 that says why, instead of a broken connection.
/// </summary>
internal sealed class CallerCertificates(ClientAuthorities authorities, Revocations revocations)
{
    private volatile Policy? _policy;

    /// <summary>What a chain must end at: the gateway's own client authority, or one that was configured.</summary>
    public X509ChainPolicy PolicyOf(PkiState state)
    {
        if (authorities.Certificates.Count == 0)
        {
            return state.ClientPolicy;
        }

        if (_policy is not { } policy || !ReferenceEquals(policy.State, state))
        {
            var chain = state.ClientPolicy.Clone();
            chain.CustomTrustStore.AddRange(authorities.Certificates);
            _policy = policy = new Policy(state, chain);
        }

        return policy.Chain;
    }

    /// <summary>Whose certificates count: the gateway's own client authority, and those that were configured.</summary>
    public X509Certificate2Collection AuthoritiesOf(PkiState state) => [state.ClientAuthority, .. authorities.Certificates];

    /// <param name="errors">The outcome of building the chain by <see cref="PolicyOf"/>.</param>
    public void Judge(IFeatureCollection connection, PkiState state, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        connection.Set<ICallerFeature>(null);
        connection.Set<RejectedCertificate>(null);
        if (certificate is not X509Certificate2 shown)
        {
            return;
        }

        if (chain is null || (errors != SslPolicyErrors.None && !ChainEnd.IsAnchor(authorities.Certificates, chain, errors)))
        {
            connection.Set(new RejectedCertificate(Problem(chain?.ChainStatus ?? [])));
            return;
        }

        var issued = chain.ChainElements[^1].Certificate.RawDataMemory.Span.SequenceEqual(state.ClientAuthority.RawDataMemory.Span);
        var caller = Of(shown, issued, issued ? revocations.Of(shown.SerialNumber) : CancellationToken.None);
        if (caller.Problem() is { } problem)
        {
            connection.Set(new RejectedCertificate(problem));
            return;
        }

        connection.Set<ICallerFeature>(caller);
    }

    /// <summary>Of a certificate that was verified.</summary>
    public static Caller Of(X509Certificate2 certificate, bool issued, CancellationToken revoked)
    {
        var (user, groups) = CertificateIdentity.Read(certificate.SubjectName);
        return new Caller
        {
            Name = user,
            Groups = [.. groups.Where(group => group.Length > 0)],
            Source = UserSources.Certificate,
            IsIssued = issued,
            Revoked = revoked,
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            Workload = WorkloadReader.OfNode(user, groups),
        };
    }

    private static string Problem(X509ChainStatus[] statuses)
    {
        var flags = statuses.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return flags switch
        {
            X509ChainStatusFlags.NoError => "the client certificate is not valid",
            _ when (flags & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid)) != 0 => "the client certificate was not issued by this gateway",
            _ when flags.HasFlag(X509ChainStatusFlags.NotTimeValid) => "the client certificate has expired or is not valid yet",
            _ when flags.HasFlag(X509ChainStatusFlags.NotValidForUsage) => "the certificate is not one for clients",
            _ => $"the client certificate is not valid ({flags})",
        };
    }

    private sealed record Policy(PkiState State, X509ChainPolicy Chain);
}
