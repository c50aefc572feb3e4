using System.CommandLine;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary><c>gateway kubeconfig --user alice --group dev --ttl 8h [--out FILE] [--server URL]</c></summary>
internal static class KubeconfigCommand
{
    private static readonly Option<string> Out = new("--out") { Description = "the file to write (0600); else it is printed" };
    private static readonly Option<string> Server = new("--server") { Description = "the gateway's address for this user, as https://gateway.example:6444; else as the gateway's own kubeconfig says" };

    public static Command Create()
    {
        var command = new Command("kubeconfig", "Issues a client certificate and writes a kubeconfig with it.") { Out, Server };
        foreach (var option in IssueOptions.All)
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var life = IssueOptions.Life(arguments);
        var home = AdminHome.Open(arguments);
        var entries = home.Own();
        if (arguments.GetValue(Server) is { } server)
        {
            entries = Uri.TryCreate(server, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
                ? [.. entries.Select(entry => entry with { Server = server.TrimEnd('/') + new Uri(entry.Server).AbsolutePath.TrimEnd('/') })]
                : throw new ArgumentException($"--server is \"{server}\": give an https address, as https://gateway.example:6444");
        }

        var issued = IssueOptions.Issue(arguments, home, life);
        var text = KubeconfigWriter.Compose($"Issued by the KubeLens gateway to {issued.Entry.User}, until {issued.Entry.NotAfter:u}. Calls made with it are recorded.", home.AuthorityPem(), issued, entries);
        if (arguments.GetValue(Out) is { } file)
        {
            PrivateFiles.Write(Path.GetFullPath(file), text);
        }
        else
        {
            arguments.InvocationConfiguration.Output.Write(text);
        }

        IssueOptions.Report(arguments, issued.Entry);
        return 0;
    }
}
