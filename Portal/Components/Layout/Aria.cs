namespace KubeLens.Portal.Components.Layout;

/// <summary>Values of attributes that are told as words.</summary>
internal static class Aria
{
    /// <summary><c>true</c> or <c>false</c>: Blazor writes a boolean as an attribute that is there or not.</summary>
    public static string Of(bool value) => value ? "true" : "false";
}
