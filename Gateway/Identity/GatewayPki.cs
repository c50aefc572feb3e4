using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity.Issued;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// The gateway's own certificates in <c>pki/</c>: made at first use, renewed before they expire, also while running.
/// Two authorities: <c>ca.pem</c>, which callers trust, may name this gateway only and signs its server certificate;
/// <c>client-ca.pem</c>, which only the gateway trusts, signs callers. One authority would not do: name constraints are
/// applied to a client's CN too when it looks like a host name, as "jane.doe" does.
/// </summary>
internal sealed class GatewayPki(IOptions<EndpointOptions> options, TimeProvider clock, ILogger<GatewayPki> logger)
{
    public const string ClientAuthorityFile = "client-ca.pem";
    public const string AuthorityCertificateFile = "ca.crt";
    private const string AuthorityFile = "ca.pem";
    private const string ServerFile = "server.pem";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly PkiFiles _files = new(options.Value.PkiFolder, logger);
    private readonly IReadOnlyList<string> _names = options.Value.AllNames;
    private volatile PkiState? _state;

    /// <summary>The certificates to use now. Cheap; makes or renews them when it is time.</summary>
    /// <exception cref="GatewayPkiException">There are none and none can be made.</exception>
    public PkiState Current
    {
        get
        {
            var state = _state;
            return state is not null && clock.GetUtcNow() < state.RenewAt ? state : Renew();
        }
    }

    /// <summary>Every certificate that was issued.</summary>
    public IssuedCertificates Issued { get; } = new(options.Value.PkiFolder, clock);

    /// <summary>Issues a certificate to a caller, by the rules of <see cref="ClientIssuer"/>.</summary>
    public IssuedCertificate IssueClient(string user, IReadOnlyList<string> groups, TimeSpan life, string by) =>
        new ClientIssuer(Issued, clock).Issue(Current.ClientAuthority, user, groups, life, by);

    private PkiState Renew()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_state is { } state && now < state.RenewAt)
            {
                return state;
            }

            try
            {
                return _state = LoadOrMake(now);
            }
            catch (GatewayPkiException e) when (_state is not null)
            {
                // What is there is good for a while yet: a full disk must not end the service today.
                logger.RenewalFailed(e.Message);
                return _state = _state.Until(now + RetryAfter);
            }
        }
    }

    private PkiState LoadOrMake(DateTimeOffset now)
    {
        using var held = _files.Lock();
        var authority = Authority(AuthorityFile, "KubeLens gateway CA", CertificateMaker.ServerAuthentication, _names, now);
        var clientAuthority = Authority(ClientAuthorityFile, "KubeLens caller CA", CertificateMaker.ClientAuthentication, null, now);
        var server = _files.Load(ServerFile);
        if (server is null || !CertificateLife.IsFresh(server, now) || !IsServerOf(server, authority))
        {
            using var key = CertificateMaker.NewKey();
            server = CertificateMaker.Server(authority, key, _names, now, CertificateLife.Server);
            _files.Save(ServerFile, server);
        }

        var state = new PkiState(authority, server, clientAuthority);
        _files.Save(AuthorityCertificateFile, state.AuthorityPem);
        return state;
    }

    /// <summary>A renewed authority keeps its name and key: who trusts the former trusts what this one signs, and the other way round.</summary>
    private X509Certificate2 Authority(string file, string name, string purpose, IReadOnlyList<string>? names, DateTimeOffset now)
    {
        var former = _files.Load(file);
        if (former is not null && former.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true })
        {
            throw new GatewayPkiException($"{Path.Combine(options.Value.PkiFolder, file)}: is not a certificate authority. Delete this file and start again: a new one is made, and the kubeconfig is issued anew.");
        }

        if (former is not null && CertificateLife.IsFresh(former, now) && (names is null || NameConstraints.AreThoseOf(former, names)))
        {
            return former;
        }

        using var key = former?.GetECDsaPrivateKey() ?? CertificateMaker.NewKey();
        var subject = former?.SubjectName ?? new X500DistinguishedName($"CN={name} {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}, O=KubeLens");
        var authority = CertificateMaker.Authority(subject, key, purpose, names is null ? null : NameConstraints.Permit(names), now, CertificateLife.Authority);
        _files.Save(file, authority);
        return authority;
    }

    private bool IsServerOf(X509Certificate2 server, X509Certificate2 authority) =>
        server.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData)
        && server.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is { } signer
        && authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } keyId
        && signer.Span.SequenceEqual(keyId.SubjectKeyIdentifierBytes.Span)
        && server.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } alternatives
        && alternatives.EnumerateDnsNames().Concat(alternatives.EnumerateIPAddresses().Select(address => address.ToString()))
            .ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(_names);
}
