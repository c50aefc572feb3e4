using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Hosting;

/// <summary>
/// The cluster's own certificates: made at the first start, renewed when their last quarter begins. As with the gateway's,
/// one authority signs the server and another the clients, because the names that the first may sign bind a client's CN too.
/// </summary>
internal sealed class DemoPki(IOptions<DemoClusterOptions> options, TimeProvider clock, ILogger<DemoPki> logger)
{
    private const string AuthorityFile = "ca.pem";
    private const string ClientAuthorityFile = "client-ca.pem";
    private const string ServerFile = "server.pem";

    private readonly Lock _lock = new();
    private readonly PkiFiles _files = new(options.Value.Home, logger, DemoClusterOptions.HomeKey);
    private volatile PkiState? _state;

    /// <summary>The certificates to use now. Cheap; makes or renews them when it is time.</summary>
    /// <exception cref="GatewayPkiException">There are none and none can be made.</exception>
    public PkiState Current
    {
        get
        {
            var state = _state;
            if (state is not null && clock.GetUtcNow() < state.RenewAt)
            {
                return state;
            }

            lock (_lock)
            {
                return _state is { } made && clock.GetUtcNow() < made.RenewAt ? made : _state = LoadOrMake(clock.GetUtcNow());
            }
        }
    }

    private PkiState LoadOrMake(DateTimeOffset now)
    {
        using var held = _files.Lock();
        var authority = Authority(AuthorityFile, "KubeLens demo CA", CertificateMaker.ServerAuthentication, NameConstraints.Permit(DemoClusterOptions.Names), now);
        var clientAuthority = Authority(ClientAuthorityFile, "KubeLens demo client CA", CertificateMaker.ClientAuthentication, null, now);
        var server = _files.Load(ServerFile);
        if (server is null || !CertificateLife.IsFresh(server, now) || !server.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData))
        {
            using var key = CertificateMaker.NewKey();
            server = CertificateMaker.Server(authority, key, DemoClusterOptions.Names, now, CertificateLife.Server, "KubeLens demo cluster");
            _files.Save(ServerFile, server);
        }

        return new PkiState(authority, server, clientAuthority);
    }

    /// <summary>A renewed authority keeps its name and key: who trusts the former trusts what this one signs.</summary>
    private X509Certificate2 Authority(string file, string name, string purpose, X509Extension? constraints, DateTimeOffset now)
    {
        var former = _files.Load(file);
        if (former is not null && CertificateLife.IsFresh(former, now))
        {
            return former;
        }

        using var key = former?.GetECDsaPrivateKey() ?? CertificateMaker.NewKey();
        // A name of its own each time, so that a server certificate of a former authority is not taken for this one's.
        var subject = former?.SubjectName ?? new X500DistinguishedName($"CN={name} {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}, O=KubeLens");
        var authority = CertificateMaker.Authority(subject, key, purpose, constraints, now, CertificateLife.Authority);
        _files.Save(file, authority);
        return authority;
    }
}
