namespace KubeLens.Gateway.Identity.Issued;

/// <summary>A caller's certificate and key, PEM.</summary>
internal sealed record IssuedCertificate(string CertificatePem, string KeyPem, IssuedEntry Entry);
