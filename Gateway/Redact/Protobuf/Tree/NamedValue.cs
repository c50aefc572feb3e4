namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>
/// Finds names of secrets, where no names of fields tell: Kubernetes has the name of a value in field 1 and the value in field 2 or 3
/// (variables, headers, entries of maps, taints, tolerations), of messages with no field after the fifth.
/// <code>
/// 0a0b "DB_PASSWORD" 1203 "s3c"
/// </code>
/// </summary>
internal static class NamedValue
{
    private const int NameNumber = 1, ValueNumber = 2, LastNumber = 5, LastOfReference = 3;

    /// <summary>Whether everything in the message but its name is hidden.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> message, SecretNames names)
    {
        var (isNamed, isGroup, isNumber, last, count) = (false, false, false, 0, 0);
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            count++;
            last = Math.Max(last, fields.Number);
            isNumber |= fields is { Number: ValueNumber, Type: not WireType.Delimited };
            if (fields is { Number: NameNumber, Type: WireType.Delimited } && IsSecretName(fields.Bytes, names))
            {
                isNamed = true;
                isGroup = fields.Bytes.SequenceEqual("rbac.authorization.k8s.io"u8);
            }
        }

        // A container or a mount has a name, too, but more after it; a RoleRef has its API group there.
        return isNamed && count > 1 && last <= LastNumber && !(isNumber && last > ValueNumber) && !(isGroup && last == LastOfReference);
    }

    /// <summary>Of one line, which a message that could be text has not.</summary>
    public static bool IsSecretName(ReadOnlySpan<byte> text, SecretNames names) =>
        (names.IsSecretVariable(text) || SecretNames.IsSecretMember(text) || SecretNames.IsObjectCopy(text))
        && text.IndexOfAny("\t\r\n"u8) < 0 && FieldBytes.IsText(text);
}
