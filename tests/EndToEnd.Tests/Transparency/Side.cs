using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>
/// One way to the cluster, with a namespace of its own. Every operation calls under an own user agent, by which the
/// apiserver's audit log tells whose a call was; kubectl takes its user agent from the name it is started by.
/// </summary>
/// <param name="tag">The namespace's name; as long as every other side's, so that tables have the same widths.</param>
internal sealed class Side(string tag, string kubeconfig, Scene scene) : IDisposable
{
    private readonly TempFolder _home = new("side");
    private string _agent = "";

    public string Namespace => tag;

    public Scene Scene => scene;

    public ApiAccess Api { get; } = new(kubeconfig);

    /// <summary>Where this side's pod listens: pods share the host's network.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>The user agent of the operation at hand.</summary>
    public string Agent => _agent;

    public string File(string name) => _home[name];

    public void Begin(string operation)
    {
        _agent = $"{tag}-{operation}";
        System.IO.File.CreateSymbolicLink(_home[_agent], scene.Cluster.KubectlPath);
    }

    public Kubectl Kubectl => new(_home[_agent], kubeconfig, _home.Path);

    public void Dispose()
    {
        Api.Client.Dispose();
        _home.Dispose();
    }
}
