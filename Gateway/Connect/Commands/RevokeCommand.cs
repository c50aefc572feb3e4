using System.CommandLine;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary><c>gateway revoke SERIAL</c> or <c>gateway revoke --user NAME</c></summary>
internal static class RevokeCommand
{
    private static readonly Argument<string?> Serial = new("serial") { Description = "as gateway certificates prints it", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> User = new("--user") { Description = "every certificate of this user" };

    public static Command Create()
    {
        var command = new Command("revoke", "Revokes certificates. A running gateway refuses them within seconds, and ends what they have open.") { Serial, User };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var (serial, user) = (arguments.GetValue(Serial), arguments.GetValue(User));
        if (serial is null == user is null)
        {
            throw new ArgumentException("give a serial number or --user NAME, and one only");
        }

        var revoked = AdminHome.Open(arguments).Issued.Revoke(entry => serial is null ? entry.User == user : entry.Serial.Equals(serial, StringComparison.OrdinalIgnoreCase));
        if (revoked.Count == 0)
        {
            throw new ArgumentException($"no certificate {(serial is null ? $"of user \"{user}\"" : $"with serial {serial}")} counts: see gateway certificates");
        }

        foreach (var entry in revoked)
        {
            arguments.InvocationConfiguration.Output.WriteLine($"revoked {entry.Serial} of {entry.User}");
        }

        return 0;
    }
}
