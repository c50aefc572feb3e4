namespace KubeLens.Gateway.Identity.Acting;

/// <summary>Where the cluster's own audit finds who asked to act as somebody else.</summary>
internal static class OriginalUser
{
    public const string ExtraKey = "kubelens.io/original-user";
    private const string Reserved = "kubelens.io/";

    /// <summary>Keys that only the gateway may set.</summary>
    public static bool IsReserved(string key) => key.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase);
}
