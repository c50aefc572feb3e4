using System.Globalization;

namespace KubeLens.Gateway.Normalize;

/// <summary>The query options that decide what a request means. Of a repeated option the first value counts.</summary>
internal readonly ref struct ListOptions
{
    private ListOptions(string? watch, string? follow, string? field, string? label, bool invalid)
    {
        (Watch, Follow, FieldSelector, LabelSelector, Invalid) = (IsTrue(watch), IsTrue(follow), field ?? "", label ?? "", invalid);
    }

    public bool Watch { get; }
    public bool Follow { get; }
    public string FieldSelector { get; }
    public string LabelSelector { get; }

    /// <summary>The apiserver could not decode the numbers in the options: it then ignores the field selector's name.</summary>
    public bool Invalid { get; }

    /// <summary>Reads <c>a=b&amp;c=d</c>; like Go, drops pairs with a malformed escape or a semicolon.</summary>
    public static ListOptions Read(ReadOnlySpan<char> query)
    {
        string? watch = null, follow = null, field = null, label = null, limit = null, timeout = null;
        while (!query.IsEmpty)
        {
            var end = query.IndexOf('&');
            var pair = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            var equals = pair.IndexOf('=');
            var rawKey = equals < 0 ? pair : pair[..equals];
            var rawValue = equals < 0 ? default : pair[(equals + 1)..];
            scoped var key = rawKey;
            if (rawKey.IndexOfAny('%', '+') >= 0)
            {
                if (!PathText.TryDecode(rawKey, plusIsSpace: true, out var decoded))
                {
                    continue;
                }

                key = decoded;
            }

            switch (key)
            {
                case "watch": Take(ref watch, pair, rawValue); break;
                case "follow": Take(ref follow, pair, rawValue); break;
                case "fieldSelector": Take(ref field, pair, rawValue); break;
                case "labelSelector": Take(ref label, pair, rawValue); break;
                case "limit": Take(ref limit, pair, rawValue); break;
                case "timeoutSeconds": Take(ref timeout, pair, rawValue); break;
            }
        }

        return new ListOptions(watch, follow, field, label, !IsNumber(limit) || !IsNumber(timeout));
    }

    private static void Take(ref string? option, ReadOnlySpan<char> pair, ReadOnlySpan<char> raw)
    {
        if (option is null && !pair.Contains(';') && PathText.TryDecode(raw, plusIsSpace: true, out var value))
        {
            option = value;
        }
    }

    // apimachinery's Convert_Slice_string_To_bool: whatever is there and is not "false" or "0" is true, the empty text too.
    private static bool IsTrue(string? value) => value is not (null or "0") && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(string? value) => value is null || long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
