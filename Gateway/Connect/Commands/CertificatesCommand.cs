using System.CommandLine;
using KubeLens.Gateway.Identity.Issued;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary><c>gateway certificates</c></summary>
internal static class CertificatesCommand
{
    public static Command Create()
    {
        var command = new Command("certificates", "Lists the client certificates that were issued.");
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var entries = AdminHome.Open(arguments).Issued.Read().OrderBy(entry => entry.IssuedAt).ToList();
        var now = TimeProvider.System.GetUtcNow();
        string[][] rows = [["SERIAL", "USER", "GROUPS", "ISSUED", "UNTIL", "STATE", "BY"], .. entries.Select(entry => Row(entry, now))];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            arguments.InvocationConfiguration.Output.WriteLine(string.Join("  ", row.Select((text, column) => text.PadRight(widths[column]))).TrimEnd());
        }

        return 0;
    }

    private static string[] Row(IssuedEntry entry, DateTimeOffset now) =>
    [
        entry.Serial,
        entry.User,
        string.Join(',', entry.Groups),
        $"{entry.IssuedAt:u}",
        $"{entry.NotAfter:u}",
        entry.RevokedAt is { } at ? $"revoked {at:u}" : entry.NotAfter <= now ? "expired" : "counts",
        entry.IssuedBy,
    ];
}
