using System.Text;

namespace KubeLens.EndToEnd.Tests.Canaries;

/// <summary>
/// Secrets made for one run. Each holds the run's marker, so that one search is a search for all of them, and its own number, which says where it
/// was planted.
/// </summary>
internal sealed class CanaryCorpus
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int MarkerLength = 14, TailLength = 6, LearnedLength = 20;

    private readonly Random _random;
    private readonly List<string> _kinds = [];
    private readonly List<(string Kind, string Text)> _learned = [];

    public CanaryCorpus(int seed)
    {
        _random = new Random(seed);
        Marker = Word(MarkerLength);
        Control = $"shown-{Word(MarkerLength)}";
    }

    /// <summary>What every canary begins with.</summary>
    public string Marker { get; }

    /// <summary>No secret: it stands beside the canaries, and must be found wherever they are searched.</summary>
    public string Control { get; }

    public int Count => _kinds.Count;

    /// <summary>Secrets that this run was given, not planted: parts of them that are like nothing else.</summary>
    public IReadOnlyList<(string Kind, string Text)> Learned => _learned;

    /// <summary>Remembers one.</summary>
    /// <param name="kind">Where it was given: <c>token request</c>.</param>
    /// <param name="secret">At least 40 characters. Its end is searched for, where two tokens differ.</param>
    public void Learn(string kind, string secret)
    {
        secret.Length.ShouldBeGreaterThan(2 * LearnedLength);
        _learned.Add((kind, secret[^LearnedLength..].TrimEnd('=')));
    }

    /// <summary>A new one.</summary>
    /// <param name="kind">Where it is planted: <c>secret/stringData</c>.</param>
    public string New(string kind)
    {
        _kinds.Add(kind);
        return $"{Marker}{_kinds.Count - 1:D4}{Word(TailLength)}";
    }

    public string Base64(string kind) => Convert.ToBase64String(Encoding.UTF8.GetBytes(New(kind)));

    public string Jwt(string kind) => $"eyJhbGciOiJIUzI1NiJ9.{New(kind)}.{Word(MarkerLength)}";

    /// <summary>Where the canary was planted that begins at this place.</summary>
    public string KindAt(string text) => int.TryParse(text.AsSpan(MarkerLength, 4), out var number) && number < _kinds.Count ? _kinds[number] : "unknown";

    private string Word(int length) => string.Create(length, _random, (text, random) =>
    {
        foreach (ref var letter in text)
        {
            letter = Letters[random.Next(Letters.Length)];
        }
    });
}
