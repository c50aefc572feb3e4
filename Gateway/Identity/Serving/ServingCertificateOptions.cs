namespace KubeLens.Gateway.Identity.Serving;

/// <summary>A certificate of the operator's own to serve with. Section <c>Gateway:Certificates:N</c>.</summary>
internal sealed class ServingCertificateOptions
{
    /// <summary>PEM: the certificate first, then what stands between it and its root. Read again when it changes.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM, without a password. Read again when it changes.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Whether it serves connections whose name or address no certificate has; one entry at most. Else the gateway's own certificate does.</summary>
    public bool Default { get; set; }
}
