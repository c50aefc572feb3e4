using KubeLens.Gateway.Clusters;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>Fills in the home folder and checks the rest.</summary>
internal sealed class EndpointOptionsSetup(IConfiguration configuration) : IPostConfigureOptions<EndpointOptions>, IValidateOptions<EndpointOptions>
{
    public void PostConfigure(string? name, EndpointOptions options)
    {
        options.Home = Home(options.Home, configuration);
        options.ClusterHosts = ClusterPlans.Hosts(configuration);
    }

    public static string Home(string? configured, IConfiguration configuration) => Path.GetFullPath(
        !string.IsNullOrWhiteSpace(configured) ? configured
        : configuration["KUBELENS_HOME"] is { Length: > 0 } home ? home
        : Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? "/var/lib/kubelens"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kubelens"));

    public ValidateOptionsResult Validate(string? name, EndpointOptions options)
    {
        var problems = new List<string>();
        if (options.Port is < 0 or > 65535)
        {
            problems.Add($"{EndpointOptions.Section}:{nameof(options.Port)} is {options.Port}: give a port from 1 to 65535, or 0 for a free one.");
        }

        if (options.BindAddress is null)
        {
            problems.Add($"{EndpointOptions.Section}:{nameof(options.Bind)} is \"{options.Bind}\": give an IP address of this machine, as 127.0.0.1, or 0.0.0.0 for all.");
        }

        for (var i = 0; i < options.Names.Count; i++)
        {
            if (Uri.CheckHostName(options.Names[i]) == UriHostNameType.Unknown || options.Names[i].Any(char.IsWhiteSpace) || !System.Text.Ascii.IsValid(options.Names[i]))
            {
                problems.Add($"{EndpointOptions.Section}:{nameof(options.Names)}:{i} is \"{options.Names[i]}\": give a host name or an IP address, without scheme and port.");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
