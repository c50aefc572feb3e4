using System.CommandLine;
using KubeLens.Contracts.Query;
using KubeLens.Store.Hosting;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary><c>store login-link --user NAME --role ROLE</c>: a link that signs somebody in to the portal, once.</summary>
internal static class LoginLinkCommand
{
    private const int MaxDays = 7;
    private const int MaxName = 100;

    private static readonly Option<string> User = new("--user") { Description = "whose it is", Required = true };
    private static readonly Option<string> Role = new("--role") { Description = StoreRoles.Names, Required = true };
    private static readonly Option<string> Expires = new("--expires") { Description = $"until when it may be used, at most {MaxDays} days ahead", DefaultValueFactory = _ => "now+1d" };
    private static readonly Option<string> Portal = new("--portal") { Description = "the portal's address", DefaultValueFactory = _ => "http://127.0.0.1:6446" };

    public static Command Create()
    {
        var command = new Command("login-link", "Prints a link that signs somebody in to the portal with a role, once. Keeps the hash of its code in Access__LoginFolder, by default in KUBELENS_HOME; remove that file to end it.") { User, Role, Expires, Portal };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var (user, role, now) = (arguments.GetValue(User)!.Trim(), StoreRoles.Find(arguments.GetValue(Role)!), TimeProvider.System.GetUtcNow());
        if (user.Length is 0 or > MaxName || user.Any(char.IsControl))
        {
            throw new ArgumentException($"--user: expected a name, one line of 1 to {MaxName} characters: it is recorded");
        }

        if (role is not { } given)
        {
            throw new ArgumentException($"--role: \"{arguments.GetValue(Role)}\" is none of {StoreRoles.Names}");
        }

        if (!TimeExpression.TryParse(arguments.GetValue(Expires)!, TimeEdge.To, now, TimeZoneInfo.Utc, out var expires, out _) || expires <= now || expires > now.AddDays(MaxDays))
        {
            throw new ArgumentException($"--expires: \"{arguments.GetValue(Expires)}\" is no time within the next {MaxDays} days; try now+1d");
        }

        if (!Uri.TryCreate(arguments.GetValue(Portal), UriKind.Absolute, out var portal) || (portal.Scheme != Uri.UriSchemeHttp && portal.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"--portal: \"{arguments.GetValue(Portal)}\" is no address; give one as http://127.0.0.1:6446");
        }

        var code = new LoginCodes(Options.Create(AccessOptionsSetup.Read()), TimeProvider.System).Make(new LoginCode(given, user, expires));
        arguments.InvocationConfiguration.Output.WriteLine($"{portal.GetLeftPart(UriPartial.Authority)}/login?code={code}");
        arguments.InvocationConfiguration.Error.WriteLine(FormattableString.Invariant($"It signs {user} in as {given.Name()}, once, until {expires:yyyy-MM-ddTHH:mm:ssZ}."));
        return 0;
    }
}
