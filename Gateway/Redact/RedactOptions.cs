namespace KubeLens.Gateway.Redact;

/// <summary>How credentials are kept out of records. Section <c>Redact</c>.</summary>
internal sealed class RedactOptions
{
    public const string Section = "Redact";

    /// <summary>
    /// File with the fingerprint key, 64 hexadecimal digits, mode 0600. Made at first start where absent.
    /// Replicas that share it give equal values equal fingerprints. Empty: <c>redact-key</c> under <c>Gateway:Home</c>.
    /// </summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The most bytes of a body that are kept, counted after decompression and redaction. Default 256 KiB.</summary>
    public int MaxBodyBytes { get; set; } = 262_144;

    /// <summary>The most bytes of a plain text answer (<c>/healthz</c>); a longer one is not kept. Default 4 KiB.</summary>
    public int MaxTextBytes { get; set; } = 4_096;

    /// <summary>
    /// Words that make the name of an environment variable, a flag or a query parameter sensitive, in any case, anywhere in the name.
    /// What configuration lists is added to the built-in ones (<see cref="SecretNames.DefaultWords"/>).
    /// </summary>
    public IList<string> SecretWords { get; } = [];
}
