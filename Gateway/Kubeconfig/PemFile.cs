using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>A PEM file that a setting names.</summary>
/// <param name="key">The setting, for messages.</param>
internal sealed class PemFile(string key, string path)
{
    /// <exception cref="ConfigurationException">It cannot be read.</exception>
    public string Read()
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Bad($"cannot be read: {e.Message}");
        }
    }

    public ConfigurationException Bad(string problem) => new($"{key} is {path}, which {problem}");
}
