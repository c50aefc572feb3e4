namespace KubeLens.AppHost.Terminal;

/// <summary>A resource's colour in the log stream; the value is its ANSI code.</summary>
internal enum Colour
{
    None = 0,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
    Magenta = 35,
    Cyan = 36,
}
