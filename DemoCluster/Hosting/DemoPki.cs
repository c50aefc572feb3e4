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
        var kept = new KeptCertificates(_files);
        var authority = kept.Authority(AuthorityFile, "KubeLens demo CA", CertificateMaker.ServerAuthentication, DemoClusterOptions.Names, now);
        var clientAuthority = kept.Authority(ClientAuthorityFile, "KubeLens demo client CA", CertificateMaker.ClientAuthentication, null, now);
        return new PkiState(authority, kept.Server(ServerFile, authority, DemoClusterOptions.Names, "KubeLens demo cluster", now), clientAuthority);
    }
}
