using System.CommandLine;
using KubeLens.ServiceDefaults;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Tokens;
using KubeLens.Store.Audit;
using KubeLens.Store.Backups;
using KubeLens.Store.Database;
using KubeLens.Store.Export;
using KubeLens.Store.Holds;
using KubeLens.Store.Purging;
using KubeLens.Store.Verifying;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Hosting;

/// <summary>What is done on the Store's machine, beside a running Store or without one: <c>store export</c>, <c>store import-audit</c>, <c>store audit-token</c>, <c>store verify</c>, <c>store hold</c>, <c>store purge</c>, <c>store api-token</c>, <c>store login-link</c>, <c>store backup</c>, <c>store restore</c>. Without such a word the program is the service.</summary>
internal static class StoreCommands
{
    private static readonly string[] Words = ["export", "import-audit", "audit-token", "verify", "hold", "purge", "api-token", "login-link", "backup", "restore", "--help", "-h", "-?", "--version"];

    public static bool Knows(string[] arguments) => arguments is [var first, ..] && Words.Contains(first, StringComparer.Ordinal);

    /// <returns>0, 1 for what cannot be done, 2 for what was done in part, 3 for a database in which something is wrong, 78 for a configuration that cannot be used.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("The KubeLens Store. Without a command it serves, as appsettings.json and the environment say.") { ExportCommand.Create(), ImportAuditCommand.Create(), AuditTokenCommand.Create(), VerifyCommand.Create(), HoldCommand.Create(), PurgeCommand.Create(), ApiTokenCommand.Create(), LoginLinkCommand.Create(), BackupCommand.CreateBackup(), BackupCommand.CreateRestore() };
        try
        {
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, e.Failures.Select(failure => $"configuration: {failure}")));
            return ConfigurationExit.Code;
        }
        catch (Exception e) when (e.IsDatabase() || e is ArgumentException or IOException or UnauthorizedAccessException or InvalidDataException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(e.GetBaseException().Message);
            return 1;
        }
    }
}
