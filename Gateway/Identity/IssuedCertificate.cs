namespace KubeLens.Gateway.Identity;

/// <summary>A caller's certificate and key, PEM.</summary>
internal sealed record IssuedCertificate(string CertificatePem, string KeyPem);
