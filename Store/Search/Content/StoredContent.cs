using System.Text.Json;
using KubeLens.Store.Objects;
using KubeLens.Store.Packing;
using KubeLens.Store.Database;

namespace KubeLens.Store.Search.Content;

/// <summary>What was kept of a call's bodies, in the forms in which terms ask for it; each is made once, when it is asked for.</summary>
internal sealed class StoredContent(StoredCall? stored)
{
    private byte[][]? _folded;
    private IReadOnlyList<JsonElement>? _roots;

    /// <summary>Those of which something was kept.</summary>
    public IReadOnlyList<StoredBody> Bodies { get; } = [.. new[] { stored?.RequestBody, stored?.ResponseBody }.OfType<StoredBody>().Where(body => body.Content.Length > 0)];

    /// <summary>As text, in lower case.</summary>
    public IReadOnlyList<byte[]> Folded => _folded ??= [.. Bodies.Select(body => Fold(body.Content.Span))];

    /// <summary>As JSON. The answer of a watch is many, a line each: those before the first that is cut or no JSON.</summary>
    public IReadOnlyList<JsonElement> Roots => _roots ??= [.. Bodies.SelectMany(body => ObjectJson.Read(body.Content.Span) is { } root ? [root] : Lines(body.Content.Span))];

    private static byte[] Fold(ReadOnlySpan<byte> text)
    {
        var folded = text.ToArray();
        foreach (ref var b in folded.AsSpan())
        {
            b = AsciiFold.Of(b);
        }

        return folded;
    }

    private static List<JsonElement> Lines(ReadOnlySpan<byte> text)
    {
        var lines = new List<JsonElement>();
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            if (ObjectJson.Read(end < 0 ? text : text[..end]) is not { } line)
            {
                break;
            }

            lines.Add(line);
            text = end < 0 ? [] : text[(end + 1)..];
        }

        return lines;
    }
}
