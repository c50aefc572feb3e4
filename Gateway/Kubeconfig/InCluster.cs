using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>
/// The cluster that the gateway's own pod runs in, as its service account reaches it.
/// <see href="https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/"/>
/// </summary>
/// <param name="variable">Reads the environment.</param>
internal sealed class InCluster(ClusterOptions options, EndpointOptions endpoint, Func<string, string?> variable)
{
    public const string HostVariable = "KUBERNETES_SERVICE_HOST";
    public const string PortVariable = "KUBERNETES_SERVICE_PORT";

    private const string Entry = "in-cluster";
    private const string User = "service account of the pod";

    /// <summary>Whether the process is in a pod, which the environment alone says: what else is missing is an error then.</summary>
    public bool IsInPod => !string.IsNullOrEmpty(variable(HostVariable));

    /// <exception cref="KubeconfigException">Something is not as a kubelet leaves it; the message names it and the fix.</exception>
    public KubeconfigContext Load()
    {
        var server = Server();
        var token = Path.Combine(options.ServiceAccountFolder, "token");
        _ = Read(token, "The gateway has no credential without it");
        return new KubeconfigContext(
            Entry,
            Namespace(Path.Combine(options.ServiceAccountFolder, "namespace")),
            new KubeconfigCluster
            {
                Name = options.Name.Length > 0 ? options.Name : Entry,
                Server = server,
                Authorities = Authorities(Path.Combine(options.ServiceAccountFolder, "ca.crt")),
            },
            new KubeconfigUser { Name = User, TokenFile = token });
    }

    private Uri Server()
    {
        var (host, port) = (variable(HostVariable) ?? "", variable(PortVariable) ?? "");
        if (host.Length == 0 || port.Length == 0)
        {
            throw new KubeconfigException($"${(host.Length == 0 ? HostVariable : PortVariable)} is not set, which every pod has. Outside of a pod set {ClusterOptions.Section}:{nameof(options.Kubeconfig)} instead of {ClusterOptions.Section}:{nameof(options.InCluster)}.");
        }

        var isAddress = IPAddress.TryParse(host, out var address);
        var name = isAddress && host.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : host;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || !ushort.TryParse(port, out var number) || number == 0 || !Uri.TryCreate($"https://{name}:{number}", UriKind.Absolute, out var server))
        {
            throw new KubeconfigException($"${HostVariable} is \"{host}\" and ${PortVariable} is \"{port}\": they must be a host and a port.");
        }

        // A pod whose env points at the gateway is recorded; the gateway's own would call itself for ever.
        return number == endpoint.Port && OwnNames().Contains(isAddress ? address!.ToString() : host, StringComparer.OrdinalIgnoreCase)
            ? throw new KubeconfigException($"${HostVariable} and ${PortVariable} of the gateway's own pod are {name}:{number}, which is the gateway itself: every call would go round in a circle. Set them in the pods that are to be recorded only.")
            : server;
    }

    // Not the service's address, which the gateway may answer to as well: the cluster is behind that one.
    private IEnumerable<string> OwnNames() => endpoint.Names.Concat(["localhost", "127.0.0.1", "::1", endpoint.Bind]).Select(name => IPAddress.TryParse(name, out var address) ? address.ToString() : name);

    private static string Namespace(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ""; // a hint only: which namespace the issued kubeconfig starts in
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, e);
        }
    }

    private X509Certificate2Collection Authorities(string file) =>
        PemReader.Authorities(Read(file, "The apiserver could not be told from an impostor without it"), problem => new KubeconfigException($"{file} {problem}"));

    private string Read(string file, string why)
    {
        try
        {
            var text = File.ReadAllText(file);
            return text.Length > 0 ? text : throw new KubeconfigException($"{file} is empty. {why}.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KubeconfigException(
                $"{file}: no such file, though ${HostVariable} is set. {why}. Give the pod a service account (automountServiceAccountToken: true), name the folder where it is mounted in {ClusterOptions.Section}:{nameof(options.ServiceAccountFolder)}, or set {ClusterOptions.Section}:{nameof(options.Kubeconfig)}.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, e);
        }
    }

    private static KubeconfigException Unreadable(string file, Exception e) =>
        new($"{file} cannot be read ({e.Message.TrimEnd('.')}). Let the gateway's user read it (securityContext.fsGroup).", e);
}
