namespace KubeLens.Store.Access;

/// <summary>Section <c>Access</c>. The token files are read again whenever they change.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>The file with the auditor's API token.</summary>
    public string ApiTokenFile { get; set; } = "";

    /// <summary>The file with the token between the services; it opens ingest and nothing else.</summary>
    public string ServiceTokenFile { get; set; } = "";

    /// <summary>The folder with one file per unused login code, named by the code's SHA-256 in lower-case hexadecimal; in it a <see cref="LoginCode"/>, or nothing for the owner of the machine.</summary>
    public string LoginFolder { get; set; } = "";

    /// <summary>
    /// The folder with one file per token of an apiserver, named by the token's SHA-256 in lower-case hexadecimal; in it the name of the cluster. Also
    /// <c>tls.pem</c>, what the Store shows on <c>Audit:Port</c>.
    /// Empty: <c>audit-tokens</c> in <c>$KUBELENS_HOME</c>.
    /// </summary>
    public string AuditTokenFolder { get; set; } = "";

    /// <summary>The file with the key that signs session tokens; made, readable by its owner only, when missing.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>How long a session lasts.</summary>
    public int SessionHours { get; set; } = 12;
}
