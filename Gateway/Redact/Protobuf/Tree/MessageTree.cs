using System.Globalization;

namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>Writes the fields of any message, and of the messages in it.</summary>
internal readonly struct MessageTree(SecretNames names, FieldStack fields, TreeOutput output, EmbeddedJsonReader embedded)
{
    /// <summary>Messages within messages. A schema of a custom resource has two for each of its levels.</summary>
    public const int MaxDepth = 64;

    private const int NameNumber = 1;

    // How what is in a message is taken.
    private enum Trust
    {
        /// <summary>As it comes.</summary>
        Unknown,

        /// <summary>It was looked through already.</summary>
        Checked,

        /// <summary>Its name is that of a secret.</summary>
        Named,
    }

    /// <param name="message">An object.</param>
    /// <param name="first">Of its fields, after its metadata.</param>
    /// <param name="end">Behind the last of them.</param>
    public void Write(ReadOnlySpan<byte> message, int first, int end) => WriteFields(message, first, end, 0, Trust.Unknown);

    private void WriteFields(ReadOnlySpan<byte> message, int first, int end, int depth, Trust trust)
    {
        for (var i = first; i < end && output.HasRoom();)
        {
            var next = fields.NextNumber(i, end);
            output.Json.WritePropertyName(fields[i].Number.ToString(CultureInfo.InvariantCulture));
            if (next == i + 1)
            {
                WriteField(message, i, depth, trust, isFirst: true);
            }
            else
            {
                WriteArray(message, i, next, depth, trust);
            }

            i = next;
        }
    }

    private void WriteArray(ReadOnlySpan<byte> message, int first, int end, int depth, Trust trust)
    {
        output.Json.WriteStartArray();
        var secretFollows = false;
        for (var i = first; i < end && output.HasRoom(); i++)
        {
            // ["--password", "x"], where x may look like anything.
            if (secretFollows)
            {
                output.Hide(fields[i], message);
            }
            else
            {
                WriteField(message, i, depth, trust, i == first);
            }

            secretFollows = !secretFollows && names.AnnouncesSecret(fields[i].In(message));
        }

        output.Json.WriteEndArray();
    }

    private void WriteField(ReadOnlySpan<byte> message, int index, int depth, Trust trust, bool isFirst)
    {
        var field = fields[index];
        var bytes = field.In(message);
        if (trust == Trust.Named)
        {
            // Only the name that says so stays, and that as any other text.
            if (!isFirst || field is not { Number: NameNumber, Type: WireType.Delimited } || !NamedValue.IsSecretName(bytes, names))
            {
                output.Hide(field, message);
                return;
            }

            trust = Trust.Unknown;
        }

        switch (field.Type)
        {
            case WireType.Varint:
                output.Json.WriteNumberValue((long)field.Value);
                break;
            case WireType.Fixed64:
                WriteDouble(BitConverter.UInt64BitsToDouble(field.Value), field.Value);
                break;
            case WireType.Fixed32:
                WriteDouble(BitConverter.UInt32BitsToSingle((uint)field.Value), field.Value);
                break;
            default:
                WriteBytes(bytes, depth, trust == Trust.Checked);
                break;
        }
    }

    // Kubernetes has no other numbers of fixed length.
    private void WriteDouble(double number, ulong bits)
    {
        if (double.IsFinite(number))
        {
            output.Json.WriteNumberValue(number);
        }
        else
        {
            output.Json.WriteNumberValue(bits);
        }
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes, int depth, bool isChecked)
    {
        var isText = FieldBytes.IsText(bytes);
        if (isText && names.IsSecretAssignment(bytes))
        {
            output.Hide(bytes);
            return;
        }

        var json = isText ? embedded.Read(bytes) : EmbeddedJson.None;
        if (json != EmbeddedJson.None)
        {
            WriteEmbedded(bytes, json);
        }
        else if (!FieldBytes.IsMessage(bytes))
        {
            WriteText(bytes, isText);
        }
        else if (isText && !isChecked && FieldSecrets.AreIn(bytes, names, depth))
        {
            output.Hide(bytes);
        }
        else if (isText && !FieldBytes.IsRatherMessage(bytes))
        {
            WriteText(bytes, isText);
        }
        else
        {
            WriteMessage(bytes, depth + 1, isText || isChecked);
        }
    }

    private void WriteText(ReadOnlySpan<byte> bytes, bool isText)
    {
        if (isText)
        {
            output.Text(bytes);
        }
        else
        {
            output.Length(bytes.Length);
        }
    }

    private void WriteEmbedded(ReadOnlySpan<byte> json, EmbeddedJson kind)
    {
        if (CredentialText.Contains(json))
        {
            // Perhaps in a name, where nobody looks for it.
            output.Hide(json);
        }
        else if (kind == EmbeddedJson.Sound)
        {
            output.Raw(json);
        }
        else
        {
            output.Length(json.Length);
        }
    }

    private void WriteMessage(ReadOnlySpan<byte> message, int depth, bool isChecked)
    {
        if (depth > MaxDepth)
        {
            output.Length(message.Length);
            return;
        }

        var trust = isChecked ? Trust.Checked : NamedValue.IsSecret(message, names) ? Trust.Named : Trust.Unknown;
        var (first, end) = fields.Push(message);
        output.Json.WriteStartObject();
        WriteFields(message, first, end, depth, trust);
        output.Json.WriteEndObject();
        fields.Pop(first);
    }
}
