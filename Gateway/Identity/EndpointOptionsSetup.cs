using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity.Serving;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>Fills in what the surroundings say, and checks the rest.</summary>
internal sealed class EndpointOptionsSetup(IConfiguration configuration) : IPostConfigureOptions<EndpointOptions>, IValidateOptions<EndpointOptions>
{
    public void PostConfigure(string? name, EndpointOptions options)
    {
        options.Home = Home(options.Home, configuration);
        options.ClusterHosts = ClusterPlans.Hosts(configuration);
        if (options.ServiceAddress.Length == 0 && configuration["KUBERNETES_SERVICE_HOST"] is { Length: > 0 } service && configuration["KUBERNETES_SERVICE_PORT"] is { Length: > 0 })
        {
            options.ServiceAddress = service; // both are there in pods, and nowhere else
        }
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
            if (!IsHost(options.Names[i]))
            {
                problems.Add($"{EndpointOptions.Section}:{nameof(options.Names)}:{i} is \"{options.Names[i]}\": give a host name or an IP address, without scheme and port.");
            }
        }

        if (options.ServiceAddress.Length > 0 && !IsHost(options.ServiceAddress))
        {
            problems.Add($"{EndpointOptions.Section}:{nameof(options.ServiceAddress)} is \"{options.ServiceAddress}\": give the address of the service kubernetes, as 10.96.0.1.");
        }

        problems.AddRange(Certificates(options.Certificates));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsHost(string name) => Uri.CheckHostName(name) != UriHostNameType.Unknown && !name.Any(char.IsWhiteSpace) && System.Text.Ascii.IsValid(name);

    private static IEnumerable<string> Certificates(IList<ServingCertificateOptions> certificates)
    {
        const string Key = $"{EndpointOptions.Section}:{nameof(EndpointOptions.Certificates)}";
        for (var i = 0; i < certificates.Count; i++)
        {
            if (certificates[i].CertificateFile.Length == 0 || certificates[i].KeyFile.Length == 0)
            {
                yield return $"{Key}:{i}:{nameof(ServingCertificateOptions.CertificateFile)} and {Key}:{i}:{nameof(ServingCertificateOptions.KeyFile)} must both be set: PEM files of a certificate with its chain, and of its key.";
            }
        }

        if (certificates.Count(certificate => certificate.Default) > 1)
        {
            yield return $"{Key}: more than one entry has {nameof(ServingCertificateOptions.Default)}: give it to one.";
        }
    }
}
