using System.Globalization;
using System.Text.RegularExpressions;
using KubeLens.Portal.Tests.Fixtures;

namespace KubeLens.Portal.Tests.Markup;

/// <summary>The contrast of every pair of colours that meet, read from the sheet that is served.</summary>
public sealed partial class TokensTests(PortalFixture portal)
{
    private static readonly (string Foreground, string Background)[] Pairs =
    [
        ("text", "canvas"), ("text", "surface"), ("text", "hover"), ("text", "selected"), ("text", "sunken"),
        ("text-2", "canvas"), ("text-2", "surface"), ("text-2", "hover"), ("text-2", "selected"), ("text-2", "sunken"),
        ("text-3", "canvas"), ("text-3", "surface"), ("text-3", "hover"), ("text-3", "selected"), ("text-3", "sunken"),
        ("primary", "canvas"), ("primary", "surface"), ("primary", "selected"), ("primary", "sunken"), ("on-primary", "primary"),
        ("ok-fg", "ok-bg"), ("warn-fg", "warn-bg"), ("fail-fg", "fail-bg"), ("none-fg", "surface"), ("none-fg", "selected"),
        ("write-fg", "write-bg"), ("delete-fg", "surface"), ("delete-fg", "selected"), ("interactive-fg", "interactive-bg"),
        ("write-fg", "sunken"), ("interactive-fg", "sunken"), ("warn-fg", "sunken"), ("interactive-fg", "surface"), ("interactive-fg", "selected"),
    ];

    /// <summary>What is no text: bars on the page's ground.</summary>
    private static readonly string[] Bars = ["chart-ok", "chart-warn", "chart-fail", "chart-none"];

    [Fact]
    public async Task Tokens_EachPairThatMeets_IsReadableInBothThemes()
    {
        using var http = new HttpClient();
        var sheet = await http.GetStringAsync(portal.Address + "/tokens.css", TestContext.Current.CancellationToken);
        var tokens = Token().Matches(sheet).ToDictionary(match => match.Groups[1].Value, match => (Light: match.Groups[2].Value, Dark: match.Groups[3].Value));
        tokens.Count.ShouldBeGreaterThan(20);
        foreach (var (foreground, background) in Pairs)
        {
            Contrast(tokens[foreground].Light, tokens[background].Light).ShouldBeGreaterThanOrEqualTo(4.5, $"{foreground} on {background}, light");
            Contrast(tokens[foreground].Dark, tokens[background].Dark).ShouldBeGreaterThanOrEqualTo(4.5, $"{foreground} on {background}, dark");
        }

        foreach (var bar in Bars)
        {
            Contrast(tokens[bar].Light, tokens["surface"].Light).ShouldBeGreaterThanOrEqualTo(3, $"{bar}, light");
            Contrast(tokens[bar].Dark, tokens["surface"].Dark).ShouldBeGreaterThanOrEqualTo(3, $"{bar}, dark");
        }
    }

    // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    private static double Contrast(string a, string b)
    {
        var (high, low) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (high + 0.05) / (low + 0.05);
    }

    private static double Luminance(string hex)
    {
        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4);

        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex(@"--([\w-]+):\s*light-dark\(#([0-9A-F]{6}), #([0-9A-F]{6})\)")]
    private static partial Regex Token();
}
