using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Issued;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary>
/// The home of a gateway as its commands see it. They read certificates and never make or renew authorities: that is the
/// service's, which may know other names for itself than this process.
/// </summary>
internal sealed class AdminHome
{
    /// <summary>Of every command.</summary>
    public static readonly Option<string?> Option = new("--home") { Description = "the gateway's home; else Gateway__Home, KUBELENS_HOME, or where the gateway itself would look", Recursive = true };

    private AdminHome(EndpointOptions options) => Options = options;

    public EndpointOptions Options { get; }

    public IssuedCertificates Issued => new(Options.PkiFolder, TimeProvider.System);

    /// <summary>From the same sources as the service.</summary>
    public static AdminHome Open(ParseResult arguments)
    {
        var configuration = Configuration(arguments);
        var options = configuration.GetSection(EndpointOptions.Section).Get<EndpointOptions>() ?? new EndpointOptions();
        var setup = new EndpointOptionsSetup(configuration);
        setup.PostConfigure(null, options);
        var result = setup.Validate(null, options);
        return result.Failed ? throw new ConfigurationException([.. result.Failures]) : new AdminHome(options);
    }

    /// <summary>All settings, from the same sources as the service.</summary>
    public static IConfiguration Configuration(ParseResult arguments)
    {
        var configuration = new ConfigurationManager();
        configuration.SetBasePath(Directory.GetCurrentDirectory()).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables();
        if (arguments.GetValue(Option) is { } home)
        {
            configuration.AddInMemoryCollection([new($"{EndpointOptions.Section}:{nameof(EndpointOptions.Home)}", home)]);
        }

        configuration.AddSettingsFile();
        return configuration;
    }

    /// <summary>Signs callers' certificates.</summary>
    public X509Certificate2 ClientAuthority() => new PkiFiles(Options.PkiFolder, NullLogger.Instance).Load(GatewayPki.ClientAuthorityFile) ?? throw NoGateway();

    /// <summary>What callers trust, PEM.</summary>
    public string AuthorityPem()
    {
        var file = Path.Combine(Options.PkiFolder, GatewayPki.AuthorityCertificateFile);
        return File.Exists(file) ? File.ReadAllText(file) : throw NoGateway();
    }

    /// <summary>The clusters of the kubeconfig that the gateway writes for itself.</summary>
    public IReadOnlyList<KubeconfigEntry> Own()
    {
        try
        {
            return [.. KubeconfigLoader.Contexts([Options.IssuedKubeconfig]).Select(name => KubeconfigLoader.Load([Options.IssuedKubeconfig], name))
                .Select(own => new KubeconfigEntry(own.Name, own.Cluster.Server.AbsoluteUri.TrimEnd('/'), own.Namespace, own.Cluster.TlsServerName))];
        }
        catch (KubeconfigException)
        {
            // It is a convenience only; a gateway that has not started yet has none.
            return [new KubeconfigEntry("kubelens", $"https://{Options.LocalHost}:{Options.Port}", "", Options.TlsServerName)];
        }
    }

    private GatewayPkiException NoGateway() =>
        new($"{Options.PkiFolder}: no gateway has started with this home. Start it first, or name its home: --home FOLDER");
}
