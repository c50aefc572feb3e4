using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace KubeLens.Gateway.Identity.Issued;

/// <summary>Which issued certificates count no longer, as of the last look at the list. What came onto it since, whoever put it there, is logged.</summary>
internal sealed class Revocations(IssuedCertificates list, ILogger<Revocations> logger)
{
    // One for each certificate that was ever shown, so at most one for each that was issued.
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _shown = new(StringComparer.Ordinal);
    private HashSet<string>? _known;
    private volatile FrozenSet<string> _revoked = FrozenSet<string>.Empty;
    private (DateTime Written, long Length)? _version;

    /// <summary>Cancelled when the certificate is revoked, and at once if it is already.</summary>
    public CancellationToken Of(string serial)
    {
        var source = _shown.GetOrAdd(serial, _ => new CancellationTokenSource());
        // After it can be seen by Look, so that neither misses the other.
        if (_revoked.Contains(serial))
        {
            source.Cancel();
        }

        return source.Token;
    }

    /// <summary>Reads the list if it has changed. One caller at a time.</summary>
    /// <exception cref="GatewayPkiException">It cannot be read; what was revoked stays so.</exception>
    public void Look()
    {
        var version = list.Version;
        if (version == _version)
        {
            return;
        }

        var entries = list.Read();
        Log(entries);
        var revoked = entries.Where(entry => entry.RevokedAt is not null).ToList();
        var former = _revoked;
        _revoked = revoked.Select(entry => entry.Serial).Concat(former).ToFrozenSet(StringComparer.Ordinal);
        foreach (var entry in revoked.Where(entry => !former.Contains(entry.Serial)))
        {
            logger.CertificateRevoked(entry.Serial, entry.User);
            if (_shown.TryGetValue(entry.Serial, out var source))
            {
                source.Cancel();
            }
        }

        _version = version;
    }

    private void Log(IReadOnlyList<IssuedEntry> entries)
    {
        foreach (var entry in _known is null ? [] : entries.Where(entry => !_known.Contains(entry.Serial)))
        {
            logger.CertificateIssued(entry.Serial, entry.User, string.Join(", ", entry.Groups), entry.NotAfter, entry.IssuedBy);
        }

        _known = entries.Select(entry => entry.Serial).ToHashSet(StringComparer.Ordinal);
    }
}
