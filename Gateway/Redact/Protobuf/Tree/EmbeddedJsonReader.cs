using System.Text.Json;

namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>Tells JSON from text that only begins like it.</summary>
internal sealed class EmbeddedJsonReader
{
    // With the depth of the tree around it still less than what a document may have.
    private const int MaxDepth = 64;

    // What is no JSON costs an exception, so of one body only so many are tried.
    private const int MostFailures = 100;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private int _failures;

    /// <summary>Before the texts of another body.</summary>
    public void Begin() => _failures = 0;

    public EmbeddedJson Read(ReadOnlySpan<byte> text)
    {
        var plain = text.Trim(" \t\r\n"u8);
        if (plain.Length < 2 || (plain[0], plain[^1]) is not (((byte)'{', (byte)'}') or ((byte)'[', (byte)']')))
        {
            return EmbeddedJson.None;
        }

        return _failures < MostFailures ? Parse(text) : EmbeddedJson.Unfit;
    }

    private EmbeddedJson Parse(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            while (reader.Read())
            {
                depth = Math.Max(depth, reader.CurrentDepth);
            }
        }
        catch (JsonException)
        {
            // {{ .Values.name }}
            _failures++;
            return EmbeddedJson.None;
        }

        return depth < MaxDepth && text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0 ? EmbeddedJson.Sound : EmbeddedJson.Unfit;
    }
}
