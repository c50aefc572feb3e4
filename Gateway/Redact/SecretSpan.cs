namespace KubeLens.Gateway.Redact;

/// <summary>Characters of a line that are a secret.</summary>
/// <param name="IsContinued">Whether its beginning was in the line before.</param>
internal readonly record struct SecretSpan(int Start, int End, bool IsContinued);
