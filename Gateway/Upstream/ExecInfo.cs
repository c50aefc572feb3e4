using System.Text;
using System.Text.Json;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>The <c>ExecCredential</c> that a plugin gets in its environment.</summary>
internal static class ExecInfo
{
    public const string Variable = "KUBERNETES_EXEC_INFO";

    public static string Write(ExecConfig config, KubeconfigCluster cluster)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", "ExecCredential");
            json.WriteString("apiVersion", config.ApiVersion);
            json.WriteStartObject("spec");
            json.WriteBoolean("interactive", false);
            if (config.ProvideClusterInfo)
            {
                Write(json, cluster);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, KubeconfigCluster cluster)
    {
        json.WriteStartObject("cluster");
        json.WriteString("server", cluster.Server.AbsoluteUri.TrimEnd('/'));
        if (cluster.TlsServerName.Length > 0)
        {
            json.WriteString("tls-server-name", cluster.TlsServerName);
        }

        if (cluster.SkipTlsVerify)
        {
            json.WriteBoolean("insecure-skip-tls-verify", true);
        }

        if (cluster.Authorities is { } authorities)
        {
            json.WriteString("certificate-authority-data", Convert.ToBase64String(Encoding.ASCII.GetBytes(authorities.ExportCertificatePems())));
        }

        if (cluster.Proxy is { } proxy)
        {
            json.WriteString("proxy-url", proxy.OriginalString);
        }

        if (cluster.DisableCompression)
        {
            json.WriteBoolean("disable-compression", true);
        }

        if (cluster.ExecConfig is { } config)
        {
            json.WritePropertyName("config");
            json.WriteRawValue(config);
        }

        json.WriteEndObject();
    }
}
