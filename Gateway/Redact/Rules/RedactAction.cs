namespace KubeLens.Gateway.Redact.Rules;

/// <summary>What becomes of a selected value; later ones keep less.</summary>
internal enum RedactAction
{
    /// <summary>Nothing: it is not selected.</summary>
    None,

    /// <summary>Each value in it is a fingerprint; names, counts and null stay.</summary>
    Fingerprint,

    /// <summary>All of it is one <c>&lt;redacted&gt;</c>, whatever it was.</summary>
    Mask,
}

internal static class RedactActions
{
    public const string Words = "fingerprint or mask";

    /// <summary>Null for another word.</summary>
    public static RedactAction? Parse(string word) => word.ToLowerInvariant() switch
    {
        "" or "fingerprint" => RedactAction.Fingerprint,
        "mask" => RedactAction.Mask,
        _ => null,
    };
}
