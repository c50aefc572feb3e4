using System.Text;
using KubeLens.DemoCluster.Access.Tokens;
using KubeLens.Gateway;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Hosting;

/// <summary>The kubeconfigs in <c>DemoCluster:Home</c>: <c>gateway.kubeconfig</c> of kubelens-gateway, <c>admin.kubeconfig</c> of a cluster administrator.</summary>
internal sealed class ClusterKubeconfigs(IOptions<DemoClusterOptions> options, DemoPki pki, DemoTokens tokens, ILogger<ClusterKubeconfigs> logger)
{
    private static readonly (string File, string User)[] Files = [("gateway.kubeconfig", "kubelens-gateway"), ("admin.kubeconfig", "admin")];

    public void Write(int port)
    {
        foreach (var (file, user) in Files)
        {
            var path = Path.Combine(options.Value.Home, file);
            try
            {
                PrivateFiles.Write(path, Compose(port, user));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ConfigurationException($"{path}: cannot be written ({e.Message.TrimEnd('.')}). Make the folder writable, or set {DemoClusterOptions.HomeKey} to another one.", e);
            }
        }

        logger.KubeconfigsWritten(options.Value.Home, port);
    }

    private string Compose(int port, string user) => $"""
        # Written by the KubeLens demo cluster at every start.
        apiVersion: v1
        kind: Config
        clusters:
        - name: demo
          cluster:
            server: https://127.0.0.1:{port}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(pki.Current.AuthorityPem))}
        users:
        - name: {user}
          user:
            token: {tokens.Issue(user)}
        contexts:
        - name: demo
          context:
            cluster: demo
            user: {user}
        current-context: demo

        """;
}
