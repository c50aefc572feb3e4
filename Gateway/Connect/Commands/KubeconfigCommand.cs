using System.CommandLine;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Issued;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary><c>gateway kubeconfig --user alice --group dev --ttl 8h [--out FILE] [--server URL]</c></summary>
internal static class KubeconfigCommand
{
    private static readonly Option<string> User = new("--user") { Description = "the user's name; not system:…", Required = true };
    private static readonly Option<string[]> Groups = new("--group") { Description = "a group of the user, may be repeated; not system:…" };
    private static readonly Option<string> Ttl = new("--ttl") { Description = $"how long it counts: {TimeToLive.Shape}; at most a year", DefaultValueFactory = _ => "8h" };
    private static readonly Option<string> Out = new("--out") { Description = "the file to write (0600); else it is printed" };
    private static readonly Option<string> Server = new("--server") { Description = "the gateway's address for this user, as https://gateway.example:6444; else as the gateway's own kubeconfig says" };

    public static Command Create()
    {
        var command = new Command("kubeconfig", "Issues a client certificate and writes a kubeconfig with it.") { User, Groups, Ttl, Out, Server };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var ttl = TimeToLive.Parse(arguments.GetValue(Ttl)!);
        if (ttl is not { } life || life > CertificateLife.Client)
        {
            throw new ArgumentException($"--ttl is \"{arguments.GetValue(Ttl)}\": give {TimeToLive.Shape}, and at most a year");
        }

        var home = AdminHome.Open(arguments);
        var (server, context, ns, tlsServerName) = home.Own();
        server = arguments.GetValue(Server) ?? server;
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"--server is \"{server}\": give an https address, as https://gateway.example:6444");
        }

        var issued = new ClientIssuer(home.Issued, TimeProvider.System)
            .Issue(home.ClientAuthority(), arguments.GetRequiredValue(User), arguments.GetValue(Groups) ?? [], life, $"{Environment.UserName} (admin)");
        var text = KubeconfigWriter.Compose($"Issued by the KubeLens gateway to {issued.Entry.User}, until {issued.Entry.NotAfter:u}. Calls made with it are recorded.", server, home.AuthorityPem(), context, ns, issued, tlsServerName);
        if (arguments.GetValue(Out) is { } file)
        {
            PrivateFiles.Write(Path.GetFullPath(file), text);
        }
        else
        {
            arguments.InvocationConfiguration.Output.Write(text);
        }

        arguments.InvocationConfiguration.Error.WriteLine($"issued {issued.Entry.Serial} to {issued.Entry.User} ({string.Join(", ", issued.Entry.Groups)}) until {issued.Entry.NotAfter:u}");
        return 0;
    }
}
