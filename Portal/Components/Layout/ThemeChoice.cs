namespace KubeLens.Portal.Components.Layout;

internal static class ThemeChoice
{
    public const string Cookie = "kubelens-theme";
    public const string Light = "light";
    public const string Dark = "dark";
    public const string System = "system";

    /// <summary>The first that is a theme: the address bar's, then the remembered one, then the system's.</summary>
    public static string Of(string? url, string? cookie) => Known(url) ?? Known(cookie) ?? System;

    private static string? Known(string? theme) => theme is Light or Dark or System ? theme : null;
}
