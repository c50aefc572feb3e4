using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeLens.Gateway.Redact;

/// <summary>
/// Rewrites YAML as JSON, event by event, so that one redactor serves both. Anchors are refused: an alias would be a value
/// whose place is elsewhere. Documents follow one another, as the objects of a stream.
/// </summary>
internal static class YamlToJson
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="yaml">UTF-8.</param>
    /// <param name="isWhole">False when it may end anywhere: the last line is then left out, and the JSON stays open.</param>
    /// <param name="json">Receives the JSON.</param>
    /// <returns>False when it is not YAML, or YAML that is refused.</returns>
    public static bool TryConvert(ReadOnlySpan<byte> yaml, bool isWhole, ArrayBufferWriter<byte> json)
    {
        var text = isWhole ? yaml : yaml[..(yaml.LastIndexOf((byte)'\n') + 1)];
        var characters = Encoding.UTF8.GetString(text);
        var parser = new Parser(new StringReader(characters));
        using var writer = new Utf8JsonWriter(json, Options);
        var state = new State(writer, json);
        try
        {
            // The parser ends everything at the end of the text. Of cut text that is not so, hence ends wait for what follows.
            var ends = new List<ParsingEvent>();
            while (parser.MoveNext())
            {
                var current = parser.Current!;
                if (current is MappingEnd or SequenceEnd or DocumentEnd)
                {
                    ends.Add(current);
                    continue;
                }

                if (current is StreamEnd && !isWhole)
                {
                    return true;
                }

                ends.ForEach(end => state.TryWrite(end));
                ends.Clear();
                if (!state.TryWrite(current))
                {
                    return false;
                }
            }

            return true;
        }
        catch (YamlException e)
        {
            // A cut document may end within brackets or quotes; what came before is sound.
            return !isWhole && e.End.Index >= characters.Length;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The scanner trips over some malformed escapes ("\ud800x").
            return false;
        }
    }

    private sealed class State(Utf8JsonWriter writer, ArrayBufferWriter<byte> json)
    {
        private readonly Stack<Container> _containers = new();

        public bool TryWrite(ParsingEvent current)
        {
            var isKey = _containers.Count > 0 && _containers.Peek().IsKeyNext;
            switch (current)
            {
                case AnchorAlias or NodeEvent { Anchor.IsEmpty: false }:
                case MappingStart or SequenceStart when isKey:
                    return false;
                case Scalar scalar when isKey:
                    writer.WritePropertyName(scalar.Value);
                    break;
                case Scalar scalar:
                    Write(scalar, writer);
                    break;
                case MappingStart:
                    writer.WriteStartObject();
                    _containers.Push(new Container(isMapping: true));
                    return true;
                case SequenceStart:
                    writer.WriteStartArray();
                    _containers.Push(new Container(isMapping: false));
                    return true;
                case MappingEnd:
                    writer.WriteEndObject();
                    _containers.Pop();
                    break;
                case SequenceEnd:
                    writer.WriteEndArray();
                    _containers.Pop();
                    break;
                case DocumentEnd:
                    writer.Flush();
                    writer.Reset();
                    json.Write("\n"u8);
                    return true;
                default:
                    return true;
            }

            if (_containers.TryPeek(out var container))
            {
                container.IsKeyNext = container.IsMapping && !container.IsKeyNext;
            }

            return true;
        }
    }

    private static void Write(Scalar scalar, Utf8JsonWriter writer)
    {
        if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty)
        {
            writer.WriteStringValue(scalar.Value);
            return;
        }

        switch (scalar.Value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                break;
            case var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(scalar.Value);
                break;
        }
    }

    private sealed class Container(bool isMapping)
    {
        public bool IsMapping { get; } = isMapping;
        public bool IsKeyNext { get; set; } = isMapping;
    }
}
