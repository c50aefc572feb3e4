using System.Net;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity.Serving;

/// <summary>The operator's own certificates, as of the last look at their files; read at the start, where bad ones end it.</summary>
internal sealed class ServingCertificates
{
    private readonly List<ServingPair> _pairs;
    private readonly IReadOnlyList<string> _ownNames;
    private volatile ServingSet _set;

    public ServingCertificates(IOptions<EndpointOptions> options, TimeProvider clock, ILogger<ServingCertificates> logger)
    {
        _pairs = [.. options.Value.Certificates.Select((entry, i) => new ServingPair($"{EndpointOptions.Section}:{nameof(EndpointOptions.Certificates)}:{i}", entry, clock, logger))];
        _ownNames = options.Value.CertificateNames;
        _pairs.ForEach(pair => pair.Load());
        _set = Set();
    }

    public bool AreConfigured => _pairs.Count > 0;

    /// <inheritdoc cref="ServingSet.Choose"/>
    public ServingCertificate? Choose(string serverName, IPAddress? local) => _set.Choose(serverName, local);

    /// <inheritdoc cref="ServingSet.For"/>
    public ServingCertificate? For(string host) => _set.For(host);

    /// <inheritdoc cref="ServingSet.HasName"/>
    public bool HasName(ReadOnlySpan<char> host) => _set.HasName(host);

    /// <summary>Reads the files; new connections get what has changed, open ones keep what they have. One caller at a time.</summary>
    public void Look()
    {
        var changed = false;
        foreach (var pair in _pairs)
        {
            changed |= pair.Look();
        }

        if (changed)
        {
            _set = Set();
        }

        _pairs.ForEach(pair => pair.CheckTime());
    }

    private ServingSet Set() => new([.. _pairs.Select(pair => pair.Current)], _ownNames);
}
