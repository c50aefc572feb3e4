namespace KubeLens.Gateway.Identity.Issued;

/// <summary>What is remembered of a certificate that was issued. The key is not.</summary>
/// <param name="Serial">Hexadecimal, as in the certificate.</param>
/// <param name="IssuedBy">Who had it issued: a user of this machine, or the caller itself.</param>
/// <param name="RevokedAt">Null while it counts.</param>
internal sealed record IssuedEntry(string Serial, string User, IReadOnlyList<string> Groups, DateTimeOffset IssuedAt, DateTimeOffset NotAfter, string IssuedBy, DateTimeOffset? RevokedAt = null);
