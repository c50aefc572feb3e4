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
    private readonly IReadOnlyList<string> _names = options.Value.CertificateNames;
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
        var kept = new KeptCertificates(_files);
        var authority = kept.Authority(AuthorityFile, "KubeLens gateway CA", CertificateMaker.ServerAuthentication, _names, now);
        var clientAuthority = kept.Authority(ClientAuthorityFile, "KubeLens caller CA", CertificateMaker.ClientAuthentication, null, now);
        var state = new PkiState(authority, kept.Server(ServerFile, authority, _names, "KubeLens gateway", now), clientAuthority);
        _files.Save(AuthorityCertificateFile, state.AuthorityPem);
        return state;
    }
}
