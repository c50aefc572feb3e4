namespace KubeLens.AppHost;

/// <summary>How AppHost and its services end.</summary>
internal static class ExitCodes
{
    public const int Stopped = 0;
    public const int Failed = 1;

    /// <summary>The options or the surroundings are wrong; everything found is listed.</summary>
    public const int Usage = 2;

    /// <summary>
    /// EX_CONFIG of sysexits.h: a service ends with it when its configuration is wrong, where starting it again would not
    /// help. AppHost then stops everything, shows the service's last lines, and ends with it too.
    /// The services' side is <c>ServiceDefaults/ConfigurationExit.cs</c>.
    /// </summary>
    public const int Configuration = 78;
}
