using System.CommandLine;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Issued;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary>To whom a command issues a certificate, and for how long: <c>--user alice --group dev --ttl 8h</c>.</summary>
internal static class IssueOptions
{
    private static readonly Option<string> User = new("--user") { Description = "the user's name; not system:…", Required = true };
    private static readonly Option<string[]> Groups = new("--group") { Description = "a group of the user, may be repeated; not system:…" };
    private static readonly Option<string> Ttl = new("--ttl") { Description = $"how long it counts: {TimeToLive.Shape}; at most a year", DefaultValueFactory = _ => "8h" };

    public static IEnumerable<Option> All => [User, Groups, Ttl];

    /// <exception cref="ArgumentException">An option has a value that cannot be.</exception>
    public static TimeSpan Life(ParseResult arguments) =>
        TimeToLive.Parse(arguments.GetValue(Ttl)!) is { } life && life <= CertificateLife.Client
            ? life
            : throw new ArgumentException($"--ttl is \"{arguments.GetValue(Ttl)}\": give {TimeToLive.Shape}, and at most a year");

    public static IssuedCertificate Issue(ParseResult arguments, AdminHome home, TimeSpan life) =>
        new ClientIssuer(home.Issued, TimeProvider.System)
            .Issue(home.ClientAuthority(), arguments.GetRequiredValue(User), arguments.GetValue(Groups) ?? [], life, $"{Environment.UserName} (admin)");

    public static void Report(ParseResult arguments, IssuedEntry entry) =>
        arguments.InvocationConfiguration.Error.WriteLine($"issued {entry.Serial} to {entry.User} ({string.Join(", ", entry.Groups)}) until {entry.NotAfter:u}");
}
