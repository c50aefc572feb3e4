using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>
/// What the gateway shows in a cluster's place: a certificate for exactly that host, signed by an authority of its own, <c>proxy-ca.pem</c>,
/// which may name the configured clusters and this machine. Made at first use, kept, and renewed; made anew when the clusters' hosts change.
/// </summary>
internal sealed class ProxyCertificates(IOptions<EndpointOptions> options, IProxyTargets targets, TimeProvider clock, ILogger<ProxyCertificates> logger)
{
    public const string AuthorityCertificateFile = "proxy-ca.crt";
    private const string AuthorityFile = "proxy-ca.pem";

    // A constraint to addresses alone would leave every name open.
    private const string ThisMachine = "localhost";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly PkiFiles _files = new(options.Value.PkiFolder, logger);
    private volatile Made _made = new("", DateTimeOffset.MinValue, []);

    /// <summary>What the proxy's clients have to trust, as a file.</summary>
    public string AuthorityPath => _files.PathOf(AuthorityCertificateFile);

    /// <exception cref="GatewayPkiException">There is none and none can be made.</exception>
    public X509Certificate2 For(ProxyTarget target)
    {
        var made = Current();
        return made.Leaves.TryGetValue(target.Host, out var leaf)
            ? leaf
            : throw new GatewayPkiException($"{target.Host} is not the host of a configured cluster any more");
    }

    /// <summary>Makes what is missing. Cheap when nothing is.</summary>
    public void Prepare() => _ = Current();

    private Made Current()
    {
        var all = targets.All;
        var hosts = string.Join(' ', all.SelectMany(target => target.Names));
        var made = _made;
        if (made.Hosts == hosts && clock.GetUtcNow() < made.RenewAt)
        {
            return made;
        }

        lock (_lock)
        {
            return _made.Hosts == hosts && clock.GetUtcNow() < _made.RenewAt ? _made : _made = Make(all, hosts, _made);
        }
    }

    private Made Make(IReadOnlyList<ProxyTarget> all, string hosts, Made former)
    {
        var now = clock.GetUtcNow();
        try
        {
            using var held = _files.Lock();
            var kept = new KeptCertificates(_files);
            string[] permitted = [ThisMachine, .. all.SelectMany(target => target.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            var authority = kept.Authority(AuthorityFile, "KubeLens proxy CA", CertificateMaker.ServerAuthentication, permitted, now);
            var leaves = all.GroupBy(target => target.Host, StringComparer.Ordinal).ToDictionary(
                group => group.Key,
                group => kept.Server(FileOf(group.Key), authority, [.. group.SelectMany(target => target.Names).Distinct(StringComparer.Ordinal)], "KubeLens forward proxy", now),
                StringComparer.Ordinal);
            _files.Save(AuthorityCertificateFile, authority.ExportCertificatePem() + "\n");
            return new Made(hosts, leaves.Values.Append(authority).Min(CertificateLife.RenewAt), leaves);
        }
        catch (GatewayPkiException e) when (former.Hosts == hosts)
        {
            logger.RenewalFailed(e.Message);
            return former with { RenewAt = now + RetryAfter };
        }
    }

    private static string FileOf(string host) => $"proxy-{string.Concat(host.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'))}.pem";

    /// <param name="Hosts">What they were made for.</param>
    private sealed record Made(string Hosts, DateTimeOffset RenewAt, Dictionary<string, X509Certificate2> Leaves);
}
