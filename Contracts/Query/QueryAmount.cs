using System.Globalization;

namespace KubeLens.Contracts.Query;

/// <summary>A number with a unit, read as a whole number of the smallest one.</summary>
internal static class QueryAmount
{
    private const int LongestNumber = 20;

    /// <summary>False when there is no number, no unit of <paramref name="units"/>, or too much of it; <paramref name="number"/> and <paramref name="unit"/> are what was found.</summary>
    public static bool TryParse(string text, ReadOnlySpan<(string Unit, long Size)> units, out long amount, out string number, out string unit)
    {
        amount = 0;
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        number = text[..digits];
        unit = text[digits..];
        if (digits is 0 or > LongestNumber || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[digits - 1])
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            number = "";
            return false;
        }

        foreach (var known in units)
        {
            if (!known.Unit.Equals(unit, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var product = value * known.Size;
            if (product > long.MaxValue)
            {
                return false;
            }

            amount = (long)decimal.Round(product);
            return true;
        }

        return false;
    }
}
