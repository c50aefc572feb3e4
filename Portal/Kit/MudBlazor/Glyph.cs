using MudBlazor;

namespace KubeLens.Portal.Kit;

/// <summary>The pictures we use, by what they mean.</summary>
public enum Glyph
{
    None,
    Search,
    Connect,
    Clock,
    Theme,
    Light,
    Dark,
    System,
    Help,
    User,
    SignOut,
    Copy,
    Done,
    Link,
    Close,
    FullPage,
    Previous,
    Next,
    Retry,
    Run,
    Exclude,
    Down,
    Clear,
    Download,
    Live,
    Pause,
}

internal static class GlyphPaths
{
    public static string Of(Glyph glyph) => glyph switch
    {
        Glyph.Search => Icons.Material.Outlined.Search,
        Glyph.Connect => Icons.Material.Outlined.Cable,
        Glyph.Clock => Icons.Material.Outlined.Schedule,
        Glyph.Theme => Icons.Material.Outlined.Contrast,
        Glyph.Light => Icons.Material.Outlined.LightMode,
        Glyph.Dark => Icons.Material.Outlined.DarkMode,
        Glyph.System => Icons.Material.Outlined.Computer,
        Glyph.Help => Icons.Material.Outlined.HelpOutline,
        Glyph.User => Icons.Material.Outlined.AccountCircle,
        Glyph.SignOut => Icons.Material.Outlined.Logout,
        Glyph.Copy => Icons.Material.Outlined.ContentCopy,
        Glyph.Done => Icons.Material.Outlined.Check,
        Glyph.Link => Icons.Material.Outlined.Link,
        Glyph.Close => Icons.Material.Outlined.Close,
        Glyph.FullPage => Icons.Material.Outlined.OpenInFull,
        Glyph.Previous => Icons.Material.Outlined.KeyboardArrowUp,
        Glyph.Next => Icons.Material.Outlined.KeyboardArrowDown,
        Glyph.Retry => Icons.Material.Outlined.Refresh,
        Glyph.Run => Icons.Material.Outlined.PlayArrow,
        Glyph.Exclude => Icons.Material.Outlined.Remove,
        Glyph.Down => Icons.Material.Outlined.ExpandMore,
        Glyph.Clear => Icons.Material.Outlined.Clear,
        Glyph.Download => Icons.Material.Outlined.FileDownload,
        Glyph.Live => Icons.Material.Outlined.Sensors,
        Glyph.Pause => Icons.Material.Outlined.Pause,
        _ => "",
    };
}
