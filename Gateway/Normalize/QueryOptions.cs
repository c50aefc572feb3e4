namespace KubeLens.Gateway.Normalize;

/// <summary>Walks <c>a=b&amp;c=d</c>; like Go, passes over pairs with a malformed escape or a semicolon.</summary>
internal ref struct QueryOptions(ReadOnlySpan<char> query)
{
    private ReadOnlySpan<char> _rest = query;
    private ReadOnlySpan<char> _pair;
    private ReadOnlySpan<char> _value;

    /// <summary>Decoded.</summary>
    public ReadOnlySpan<char> Key { get; private set; }

    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf('&');
            _pair = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            var equals = _pair.IndexOf('=');
            Key = equals < 0 ? _pair : _pair[..equals];
            _value = equals < 0 ? default : _pair[(equals + 1)..];
            if (Key.IndexOfAny('%', '+') < 0)
            {
                return true;
            }

            if (PathText.TryDecode(Key, plusIsSpace: true, out var decoded))
            {
                Key = decoded;
                return true;
            }
        }

        return false;
    }

    /// <summary>Keeps the current value unless an earlier one of the same key is there.</summary>
    public readonly void Take(ref string? option)
    {
        if (option is null && !_pair.Contains(';') && PathText.TryDecode(_value, plusIsSpace: true, out var value))
        {
            option = value;
        }
    }
}
