namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>Looks for secrets in what could be text as well as a message, read either way.</summary>
internal static class FieldSecrets
{
    /// <param name="bytes">What <see cref="FieldBytes.IsMessage"/>.</param>
    /// <param name="names">Of secrets.</param>
    /// <param name="depth">Of the message that it stands in. Where there are too many, nobody knows.</param>
    public static bool AreIn(ReadOnlySpan<byte> bytes, SecretNames names, int depth) =>
        CredentialText.Contains(bytes) || AreInMessage(bytes, names, depth + 1);

    private static bool AreInMessage(ReadOnlySpan<byte> message, SecretNames names, int depth)
    {
        if (depth > MessageTree.MaxDepth || NamedValue.IsSecret(message, names))
        {
            return true;
        }

        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Type == WireType.Delimited && IsSecret(fields.Bytes, names, depth))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSecret(ReadOnlySpan<byte> bytes, SecretNames names, int depth) =>
        FieldBytes.IsMessage(bytes)
            ? AreInMessage(bytes, names, depth + 1) || IsSecretFlag(bytes, names)
            : IsSecretFlag(bytes, names) || CredentialText.Contains(bytes);

    private static bool IsSecretFlag(ReadOnlySpan<byte> text, SecretNames names) => names.IsSecretAssignment(text) || names.AnnouncesSecret(text);
}
