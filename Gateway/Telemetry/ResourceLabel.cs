namespace KubeLens.Gateway.Telemetry;

/// <summary>A resource as metrics name it.</summary>
internal readonly record struct ResourceLabel(string Group, string Resource, string Subresource)
{
    /// <summary>In place of names beyond the bound.</summary>
    public const string OtherName = "_other";

    public static ResourceLabel Other { get; } = new("", OtherName, "");
}
