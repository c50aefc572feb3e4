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

    /// <summary>Reads <c>a=b&amp;c=d</c>.</summary>
    public static ListOptions Read(ReadOnlySpan<char> query)
    {
        string? watch = null, follow = null, field = null, label = null, limit = null, timeout = null;
        var options = new QueryOptions(query);
        while (options.Next())
        {
            switch (options.Key)
            {
                case "watch": options.Take(ref watch); break;
                case "follow": options.Take(ref follow); break;
                case "fieldSelector": options.Take(ref field); break;
                case "labelSelector": options.Take(ref label); break;
                case "limit": options.Take(ref limit); break;
                case "timeoutSeconds": options.Take(ref timeout); break;
            }
        }

        return new ListOptions(watch, follow, field, label, !IsNumber(limit) || !IsNumber(timeout));
    }

    // apimachinery's Convert_Slice_string_To_bool: whatever is there and is not "false" or "0" is true, the empty text too.
    private static bool IsTrue(string? value) => value is not (null or "0") && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(string? value) => value is null || long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
