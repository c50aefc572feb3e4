namespace KubeLens.Gateway.Upstream;

/// <summary>Holds the gateway's credential for one cluster. Thread-safe.</summary>
internal interface ICredentialSource
{
    /// <summary>Whether the client certificate may change while the gateway runs.</summary>
    bool CertificateRotates { get; }

    /// <summary>Completes synchronously while a credential is at hand.</summary>
    /// <exception cref="CredentialException">It cannot be had.</exception>
    ValueTask<UpstreamCredential> GetAsync(CancellationToken cancellationToken);

    /// <summary>The cluster answered 401 to <paramref name="credential"/>; a newer one is left alone.</summary>
    void Reject(UpstreamCredential credential);
}
