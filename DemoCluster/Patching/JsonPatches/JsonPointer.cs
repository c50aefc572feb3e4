using System.Collections.Immutable;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Patching.JsonPatches;

/// <summary>RFC 6901: <c>/metadata/annotations/example.com~1owner</c>.</summary>
internal sealed record JsonPointer(string Text, ImmutableArray<string> Tokens)
{
    public static readonly JsonPointer Root = new("", []);

    public bool IsRoot => Tokens.Length == 0;

    public static JsonPointer Parse(string text)
    {
        if (text.Length == 0)
        {
            return Root;
        }

        if (text[0] != '/')
        {
            throw ApiErrors.BadRequest($"error decoding patch: path \"{text}\" must be empty or begin with /");
        }

        var tokens = text[1..].Split('/');
        return tokens.Length <= PatchLimits.Depth
            ? new JsonPointer(text, [.. tokens.Select(Unescape)])
            : throw ApiErrors.BadRequest($"error decoding patch: a path may have {PatchLimits.Depth} parts");
    }

    /// <summary>Whether <paramref name="other"/> lies below this, and is not this.</summary>
    public bool IsAbove(JsonPointer other) => other.Tokens.Length > Tokens.Length && other.Tokens.AsSpan(0, Tokens.Length).SequenceEqual(Tokens.AsSpan());

    // ~1 first: ~01 means ~1, not /.
    private static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
