using KubeLens.Gateway.Identity;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Configuration.Json;

namespace KubeLens.Gateway.Clusters;

/// <summary>
/// <c>gateway.json</c> in the gateway's home, or the file of <c>Gateway:SettingsFile</c>: any settings of the gateway, behind
/// those of the environment and the command line. Its clusters may change while the gateway runs.
/// </summary>
internal static class SettingsFile
{
    public const string Key = $"{EndpointOptions.Section}:SettingsFile";
    private const string Name = "gateway.json";

    public static string PathIn(IConfiguration configuration) => configuration[Key] is { Length: > 0 } path
        ? Path.GetFullPath(path)
        : Path.Combine(EndpointOptionsSetup.Home(configuration[$"{EndpointOptions.Section}:{nameof(EndpointOptions.Home)}"], configuration), Name);

    /// <exception cref="ConfigurationException">It is there and is not JSON, or it was named and is not there.</exception>
    public static void AddSettingsFile(this IConfigurationManager configuration)
    {
        var path = PathIn(configuration);
        if (configuration[Key] is { Length: > 0 } && !File.Exists(path))
        {
            throw new ConfigurationException($"{Key} is {path}, which is not there. Give a JSON file of settings, or leave the key out.");
        }

        var source = new JsonConfigurationSource { Path = path, Optional = true };
        source.ResolveFileProvider();
        try
        {
            configuration.Sources.Insert(0, source);
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationException($"{path}: {(e.InnerException ?? e).Message} Give a JSON object of settings, as {{\"Clusters\":{{\"prod\":{{\"Kubeconfig\":\"…\"}}}}}}.", e);
        }
    }
}
