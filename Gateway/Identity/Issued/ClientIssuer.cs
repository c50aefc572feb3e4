using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Identity.Issued;

/// <summary>Issues certificates to callers: the one place that does. Each is on the list before anybody has it.</summary>
internal sealed class ClientIssuer(IssuedCertificates list, TimeProvider clock)
{
    // Upper bounds of X.520 for common and organization names.
    private const int MaxName = 64;
    private const string Reserved = "system:";

    /// <param name="user">Becomes CN. Kubernetes keeps <c>system:</c> names to itself, so they are refused.</param>
    /// <param name="groups">Each becomes an O; as <paramref name="user"/>.</param>
    /// <param name="by">See <see cref="IssuedEntry"/>.</param>
    /// <exception cref="ArgumentException">A name that cannot be issued; the message says which and why.</exception>
    public IssuedCertificate Issue(X509Certificate2 authority, string user, IReadOnlyList<string> groups, TimeSpan life, string by)
    {
        if ((Refusal("user", user) ?? groups.Select(group => Refusal("group", group)).FirstOrDefault(problem => problem is not null)) is { } refusal)
        {
            throw new ArgumentException(refusal);
        }

        using var key = CertificateMaker.NewKey();
        using var certificate = CertificateMaker.Client(authority, key, user, groups, clock.GetUtcNow(), life);
        var entry = new IssuedEntry(certificate.SerialNumber, user, groups, clock.GetUtcNow(), certificate.NotAfter.ToUniversalTime(), by);
        list.Add(entry);
        return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n", entry);
    }

    private static string? Refusal(string kind, string name) =>
        name.Length is 0 or > MaxName ? $"the {kind} \"{name}\" cannot be issued: a name has 1 to {MaxName} characters"
        : name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase) ? $"the {kind} \"{name}\" cannot be issued: Kubernetes keeps names that start with system: to itself"
        : !HeaderText.IsExact(name) ? $"the {kind} \"{name}\" cannot be issued: it has control characters or spaces at its ends"
        : null;
}
