using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeLens.Portal.Objects;

/// <summary>An object's JSON as the YAML in which people write objects. What they rarely want to see may be left out.</summary>
internal static partial class ObjectYaml
{
    private const string Root = "";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    /// <param name="json">Of an object; what is none comes back as it is.</param>
    /// <param name="isBrief">Without <c>metadata.managedFields</c>, <c>resourceVersion</c>, <c>generation</c> and <c>status</c>.</param>
    public static string Of(string json, bool isBrief)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Deep);
            using var text = new StringWriter { NewLine = "\n" };
            var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, newLine: "\n"));
            emitter.Emit(new StreamStart());
            emitter.Emit(new DocumentStart(null, null, isImplicit: true));
            Value(emitter, document.RootElement, isBrief ? Root : null);
            emitter.Emit(new DocumentEnd(isImplicit: true));
            emitter.Emit(new StreamEnd());
            return text.ToString();
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static bool IsLeftOut(string? place, string key) => place switch
    {
        Root => key == "status",
        "metadata" => key is "managedFields" or "resourceVersion" or "generation",
        _ => false,
    };

    // The place is the root or a member of it; null below that, and where nothing is left out.
    private static void Value(Emitter emitter, JsonElement value, string? place)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, value.EnumerateObject().Any() ? MappingStyle.Block : MappingStyle.Flow));
                foreach (var property in value.EnumerateObject().Where(property => !IsLeftOut(place, property.Name)))
                {
                    Text(emitter, property.Name);
                    Value(emitter, property.Value, place == Root ? property.Name : null);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, value.GetArrayLength() > 0 ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (var item in value.EnumerateArray())
                {
                    Value(emitter, item, place: null);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                Text(emitter, value.GetString()!);
                break;
            default:
                emitter.Emit(new Scalar(null, null, value.GetRawText(), ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
                break;
        }
    }

    // Quoted where a YAML reader would take it for something else than text.
    private static void Text(Emitter emitter, string text)
    {
        var style = text.Length == 0 || text.Contains('\r', StringComparison.Ordinal) || NotText().IsMatch(text) ? ScalarStyle.DoubleQuoted
            : text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : ScalarStyle.Any;
        emitter.Emit(new Scalar(null, null, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    [GeneratedRegex(@"^(?:~|null|true|false|yes|no|on|off|y|n|[-+.]?[0-9].*|[-+]?\.(?:inf|nan))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex NotText();
}
