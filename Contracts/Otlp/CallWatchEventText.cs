using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>An event of a watch as a text: <c>["ADDED","shop","web","4711",512,2000]</c>, in the order of <see cref="CallWatchEvent"/>.</summary>
internal static class CallWatchEventText
{
    private const int Texts = 4, Parts = 6;

    public static string Of(CallWatchEvent e) => JsonSerializer.Serialize(new object[] { e.Type, e.Namespace, e.Name, e.ResourceVersion, e.Bytes, e.AtUs });

    public static bool TryParse(string text, [NotNullWhen(true)] out CallWatchEvent? parsed)
    {
        parsed = null;
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(text) ?? [];
            if (parts.Length != Parts || parts.Take(Texts).Any(part => part.ValueKind != JsonValueKind.String))
            {
                return false;
            }

            string Text(int at) => parts[at].GetString()!.Replace('\0', '\ufffd');
            if (IsCount(parts[Texts], out var bytes) && IsCount(parts[Texts + 1], out var at))
            {
                parsed = new CallWatchEvent(Text(0), Text(1), Text(2), Text(3), bytes, at);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair: the caller says which attribute it is.
            return false;
        }

        return parsed is not null;
    }

    private static bool IsCount(JsonElement part, out long count)
    {
        count = 0;
        return part.ValueKind == JsonValueKind.Number && part.TryGetInt64(out count) && count >= 0;
    }
}
