using System.Globalization;
using System.Text;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>The attributes of a log record by their keys; of one that is repeated the last. Says first what was wrong.</summary>
internal sealed class LogAttributes
{
    private const int LongestName = 64;

    private readonly Dictionary<string, OtlpValue> _values = new(StringComparer.Ordinal);
    private IReadOnlyList<KeyValuePair<string, OtlpValue>> _attributes = [];

    /// <summary>Takes those of another record.</summary>
    public LogAttributes Of(OtlpLog log)
    {
        (_attributes, Error) = (log.Attributes, "");
        _values.Clear();
        foreach (var (key, value) in log.Attributes)
        {
            if (value.Kind == OtlpValueKind.None)
            {
                _values.Remove(key); // an empty value is none
                continue;
            }

            _values[key] = value;
        }

        return this;
    }

    public string Error { get; private set; } = "";

    public void Fail(string key, string expected) => Error = Error.Length > 0 ? Error : string.Create(CultureInfo.InvariantCulture, $"{key}: expected {expected}");

    public bool Has(string key) => _values.ContainsKey(key);

    public string Text(string key)
    {
        if (!_values.TryGetValue(key, out var value))
        {
            return "";
        }

        if (value.Kind == OtlpValueKind.Text)
        {
            return Storable(value);
        }

        Fail(key, "a string");
        return "";
    }

    public IReadOnlyList<string> Texts(string key) => _values.TryGetValue(key, out var value) ? Texts(key, value) : [];

    public long Number(string key, long min, long max, bool required = false)
    {
        if (!_values.TryGetValue(key, out var value) && !required)
        {
            return min;
        }

        if (value.Kind == OtlpValueKind.Number && value.Number >= min && value.Number <= max)
        {
            return value.Number;
        }

        Fail(key, $"a whole number from {min} to {max}");
        return min;
    }

    public ReadOnlyMemory<byte> Bytes(string key)
    {
        if (!_values.TryGetValue(key, out var value))
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        if (value.Kind == OtlpValueKind.Bytes)
        {
            return value.Content;
        }

        Fail(key, "bytes");
        return ReadOnlyMemory<byte>.Empty;
    }

    public IReadOnlyList<CallHeader> Headers(string prefix)
    {
        var headers = new List<CallHeader>();
        foreach (var (key, _) in _attributes)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && _values.Remove(key, out var value))
            {
                headers.Add(new CallHeader(NameOf(key, prefix), Texts(key, value)));
            }
        }

        return headers;
    }

    // The same text each time for a name that comes again and again.
    private static string NameOf(string key, string prefix)
    {
        Span<byte> name = stackalloc byte[key.Length - prefix.Length < LongestName ? 3 * LongestName : 0];
        return name.IsEmpty ? key[prefix.Length..] : OtlpTexts.Of(name[..Encoding.UTF8.GetBytes(key.AsSpan(prefix.Length), name)]);
    }

    // Postgres keeps no NUL, and a path such as pods/a%00b puts one into a name: such a call must still be stored.
    private static string Storable(OtlpValue value) => OtlpTexts.Of(value.Content.Span) is var text && value.Content.Span.Contains((byte)0) ? text.Replace('\0', '\ufffd') : text;

    private string[] Texts(string key, OtlpValue value)
    {
        var texts = value.Kind == OtlpValueKind.Array ? new string[value.Count()] : [];
        var count = 0;
        var areTexts = value.Kind == OtlpValueKind.Array;
        foreach (var item in value.Items())
        {
            areTexts &= item.Kind == OtlpValueKind.Text;
            texts[count++] = areTexts ? Storable(item) : "";
        }

        if (areTexts)
        {
            return texts;
        }

        Fail(key, "an array of strings");
        return [];
    }
}
