using System.Text.Json;

namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>Sizes of a terminal, one after the other: <c>{"Width":80,"Height":24}</c>. In pieces, and at most a small object of each.</summary>
internal sealed class ResizeReader
{
    private const int Longest = 256;

    private readonly byte[] _text = new byte[Longest];
    private int _length;

    public void Append(ReadOnlySpan<byte> data, Action<int, int> found)
    {
        foreach (var b in data)
        {
            if (b == '{' || _length == Longest)
            {
                _length = 0;
            }

            _text[_length++] = b;
            if (b == '}')
            {
                Read(_text.AsSpan(0, _length), found);
                _length = 0;
            }
        }
    }

    private static void Read(ReadOnlySpan<byte> text, Action<int, int> found)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            using var size = JsonDocument.ParseValue(ref reader);
            if (size.RootElement.ValueKind == JsonValueKind.Object && Number(size.RootElement, "Width") is { } width && Number(size.RootElement, "Height") is { } height)
            {
                found(width, height);
            }
        }
        catch (JsonException)
        {
            // No size: the pod ignores it, too.
        }
    }

    private static int? Number(JsonElement size, string name) =>
        size.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt16(out var number) ? number : null;
}
