using System.CommandLine;
using System.Text;
using KubeLens.Store.Access;
using KubeLens.Store.Hosting;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Audit;

/// <summary><c>store audit-token --cluster NAME [--server URL] [--out FILE]</c>: what an apiserver is given as <c>--audit-webhook-config-file</c>.</summary>
internal static class AuditTokenCommand
{
    private static readonly Option<string> Cluster = new("--cluster") { Description = "the cluster's name, as its gateway says it", Required = true };
    private static readonly Option<string> Server = new("--server") { Description = "where the apiserver reaches the Store: its Audit__Port", DefaultValueFactory = _ => "https://127.0.0.1:6448" };
    private static readonly Option<string> Out = new("--out") { Description = "the file to write (0600); else it is printed" };

    public static Command Create()
    {
        var command = new Command("audit-token", "Makes a token with which the apiserver of one cluster posts its audit events, and writes the kubeconfig for its --audit-webhook-config-file. Keeps its hash in Access__AuditTokenFolder, by default in KUBELENS_HOME; remove that file to end it.") { Cluster, Server, Out };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var (cluster, server) = (arguments.GetValue(Cluster)!.Trim(), arguments.GetValue(Server)!);
        if (cluster.Length == 0 || cluster.Any(char.IsControl))
        {
            throw new ArgumentException("--cluster is empty, or no name: give the cluster's name, as the portal shows it");
        }

        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
        {
            throw new ArgumentException($"--server is \"{server}\": give an https address, as https://127.0.0.1:6448: an apiserver sends a token over nothing else");
        }

        var options = AccessOptionsSetup.Read();
        var kept = Options.Create(options);
        var authority = Convert.ToBase64String(Encoding.ASCII.GetBytes(new AuditCertificate(kept, TimeProvider.System).Pem()));
        var text = Compose(server.TrimEnd('/') + AuditWebhookApi.Route, authority, new AuditTokens(kept).Make(cluster), cluster);
        if (arguments.GetValue(Out) is { } file)
        {
            using var stream = OwnerFile.Open(file, FileMode.Create);
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            arguments.InvocationConfiguration.Output.Write(text);
        }

        arguments.InvocationConfiguration.Error.WriteLine($"Only the cluster \"{cluster}\" can post with it. Its hash is in {options.AuditTokenFolder}; remove that file to end it.");
        return 0;
    }

    private static string Compose(string url, string authority, string token, string cluster) => $"""
        # For --audit-webhook-config-file of the apiserver of the cluster "{cluster}".
        apiVersion: v1
        kind: Config
        clusters:
        - name: kubelens
          cluster:
            server: {url}
            certificate-authority-data: {authority}
        users:
        - name: apiserver
          user:
            token: {token}
        contexts:
        - name: kubelens
          context:
            cluster: kubelens
            user: apiserver
        current-context: kubelens

        """;
}
