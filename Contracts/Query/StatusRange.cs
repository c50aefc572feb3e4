using System.Globalization;

namespace KubeLens.Contracts.Query;

/// <summary>A value of <c>status:</c> — <c>404</c>, <c>4xx</c> or <c>none</c> — as the statuses it means, both ends included.</summary>
/// <param name="From">The lowest status; 0 for <c>none</c>, which is what a record without a response holds.</param>
/// <param name="To">The highest status.</param>
public readonly record struct StatusRange(int From, int To)
{
    /// <summary>No response began.</summary>
    public static StatusRange None { get; } = new(0, 0);

    /// <summary>False for anything but three digits from 100, a class <c>1xx</c> to <c>5xx</c>, or <c>none</c>, in any case.</summary>
    public static bool TryParse(string text, out StatusRange range)
    {
        range = None;
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text.Length != 3 || text[0] is < '1' or > '9')
        {
            return false;
        }

        if (text.EndsWith("xx", StringComparison.OrdinalIgnoreCase) && text[0] <= '5')
        {
            var first = (text[0] - '0') * 100;
            range = new StatusRange(first, first + 99);
            return true;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return false;
        }

        range = new StatusRange(status, status);
        return true;
    }
}
