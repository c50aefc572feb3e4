using System.Text;

namespace KubeLens.EndToEnd.Tests.Canaries;

/// <summary>
/// Looks for the canaries of a run: plain, UTF-16, in hexadecimal, percent-escaped byte by byte, in base64 and base64url at each of the three
/// alignments.
/// </summary>
internal sealed class CanarySearch(CanaryCorpus corpus)
{
    private readonly IReadOnlyList<(string Encoding, byte[] Needle)> _needles = [.. Needles(corpus.Marker)];
    private readonly List<(string Kind, IReadOnlyList<(string Encoding, byte[] Needle)> Needles)> _learned = [];
    private readonly byte[] _control = Encoding.UTF8.GetBytes(corpus.Control);
    private readonly byte[] _controlInHex = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(corpus.Control)));

    /// <summary>What was found: <c>logs: secret/stringData, plain</c>. Never the text around it.</summary>
    public SortedSet<string> Found { get; } = [];

    /// <summary>The places where the control was found.</summary>
    public HashSet<string> Shown { get; } = [];

    public void Look(string place, string text) => Look(place, Encoding.UTF8.GetBytes(text));

    public void Look(string place, ReadOnlySpan<byte> content)
    {
        foreach (var (encoding, needle) in _needles)
        {
            if (content.IndexOf(needle) is >= 0 and var at)
            {
                var kind = encoding == "plain" ? corpus.KindAt(Encoding.UTF8.GetString(content.Slice(at, Math.Min(content.Length - at, needle.Length + 4)).ToArray()).PadRight(needle.Length + 4)) : "one of them";
                Found.Add($"{place}: {kind}, {encoding}");
            }
        }

        _learned.AddRange(corpus.Learned.Skip(_learned.Count).Select(secret => (secret.Kind, (IReadOnlyList<(string, byte[])>)[.. Needles(secret.Text)])));
        foreach (var (kind, needles) in _learned)
        {
            foreach (var (encoding, needle) in needles)
            {
                if (content.IndexOf(needle) >= 0)
                {
                    Found.Add($"{place}: {kind}, {encoding}");
                }
            }
        }

        if (content.IndexOf(_control) >= 0 || content.IndexOf(_controlInHex) >= 0)
        {
            Shown.Add(place);
        }
    }

    public static IEnumerable<(string Encoding, byte[] Needle)> Needles(string marker)
    {
        var bytes = Encoding.UTF8.GetBytes(marker);
        yield return ("plain", bytes);
        yield return ("utf-16", Encoding.Unicode.GetBytes(marker));
        yield return ("hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        yield return ("hex in upper case", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        yield return ("percent", Encoding.ASCII.GetBytes(string.Concat(bytes.Select(b => $"%{b:X2}"))));
        for (var before = 0; before < 3; before++)
        {
            var text = Base64(bytes, before);
            yield return ($"base64 after {before}", Encoding.ASCII.GetBytes(text));
            // A column of bytes is shown in hexadecimal: base64 within it, too.
            yield return ($"base64 after {before} in hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.ASCII.GetBytes(text))));
            if (text.IndexOfAny(['+', '/']) >= 0)
            {
                yield return ($"base64url after {before}", Encoding.ASCII.GetBytes(text.Replace('+', '-').Replace('/', '_')));
            }
        }
    }

    // Only characters whose six bits are all the marker's own: what stands before and after changes the others.
    private static string Base64(byte[] bytes, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
        return text[(((before * 8) + 5) / 6)..((before + bytes.Length) * 8 / 6)];
    }
}
