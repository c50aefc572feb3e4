using System.Text;

namespace KubeLens.Gateway.Tests.Kubeconfig;

/// <summary>Small kubeconfigs for tests.</summary>
internal static class KubeconfigText
{
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <param name="cluster">Flow mapping entries after <c>server</c>.</param>
    /// <param name="user">The user's flow mapping entries.</param>
    public static string One(string server = "https://127.0.0.1:1", string cluster = "", string user = "token: t", string context = "") => $$"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: c1
          cluster: { server: "{{server}}"{{(cluster.Length > 0 ? ", " + cluster : "")}} }
        users:
        - name: u1
          user: { {{user}} }
        contexts:
        - name: x1
          context: { cluster: c1, user: u1{{(context.Length > 0 ? ", " + context : "")}} }
        current-context: x1
        """;
}
