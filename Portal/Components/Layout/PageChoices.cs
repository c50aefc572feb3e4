namespace KubeLens.Portal.Components.Layout;

/// <summary>How the reader wants pages to look, in this browser. Cookies keep it, so that a document is right from its first byte.</summary>
/// <param name="Theme">One of <see cref="Themes"/>.</param>
/// <param name="Density">One of <see cref="Densities"/>.</param>
/// <param name="Zone">Of the times that are shown: a name of the time zone database, or empty for the browser's own.</param>
public sealed record PageChoices(string Theme, string Density, string Zone)
{
    /// <summary>Each is followed by the name of a choice.</summary>
    public const string Cookie = "kubelens-";

    public const string Light = "light", Dark = "dark", System = "system";
    public const string Compact = "compact", Comfortable = "comfortable";
    public const string Utc = "UTC";

    public static PageChoices None { get; } = new(System, Compact, "");

    public static IReadOnlyList<(string Value, string Label)> Themes { get; } = [(System, "As the system"), (Light, "Light"), (Dark, "Dark")];

    public static IReadOnlyList<(string Value, string Label)> Densities { get; } = [(Compact, "Compact"), (Comfortable, "Comfortable")];

    /// <summary>What the cookies say; what they cannot mean is as if nothing was chosen. The theme of the address bar comes first.</summary>
    public static PageChoices Of(IRequestCookieCollection cookies, string? theme)
    {
        ArgumentNullException.ThrowIfNull(cookies);
        return new(
            Known(Themes, theme) ?? Known(Themes, cookies[$"{Cookie}theme"]) ?? None.Theme,
            Known(Densities, cookies[$"{Cookie}density"]) ?? None.Density,
            cookies[$"{Cookie}zone"] is { } zone && IsZone(zone) ? zone : None.Zone);
    }

    /// <summary>Whether both this machine and a browser know it.</summary>
    public static bool IsZone(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Windows has names of its own, which browsers do not know.
        return (name == Utc || name.Contains('/', StringComparison.Ordinal)) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
    }

    private static string? Known(IReadOnlyList<(string Value, string Label)> all, string? value) => all.Any(one => one.Value == value) ? value : null;
}
