using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLens.Gateway.Tests.Redact.Protobuf.Tree;

/// <summary>What can be read in a kept body: texts, names and numbers, wherever they stand.</summary>
internal sealed class KeptLeaves
{
    private readonly HashSet<string> _texts = [];
    private readonly HashSet<string> _numbers = [];

    public KeptLeaves(JsonNode? node) => Add(node);

    public IEnumerable<string> Texts => _texts;

    /// <summary>Whether a text of JSON is here as protobuf has it: times are seconds, bytes are text or a length.</summary>
    public bool Has(string text) =>
        _texts.Contains(text)
        || (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) && _numbers.Contains(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)))
        || (IsBytes(text, out var bytes) && (_texts.Contains(Encoding.UTF8.GetString(bytes)) || _numbers.Contains(bytes.Length.ToString(CultureInfo.InvariantCulture))));

    private static bool IsBytes(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var isBytes = Convert.TryFromBase64String(text, bytes, out var length) && length > 0;
        bytes = bytes[..length];
        return isBytes;
    }

    private void Add(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    _texts.Add(name);
                    Add(value);
                }

                break;
            case JsonArray elements:
                foreach (var element in elements)
                {
                    Add(element);
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                _texts.Add(text);
                break;
            case not null:
                _numbers.Add(node.ToJsonString());
                break;
        }
    }
}
