using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Postgres;

/// <summary>
/// Makes the database cluster: UTF-8, C locale, one database and its owner. Only that owner may connect, by socket and
/// password; the superuser may not connect at all, so a flaw in the Store is no way out of its database.
/// </summary>
internal sealed class ClusterCreation(PostgresFolder folder, PostgresBinaries binaries, ServerUser? user)
{
    /// <summary>The database and its owner.</summary>
    public const string Name = "kubelens";

    private const string HostBasedAuthentication = $"""
        # Written by KubeLens. TYPE  DATABASE  USER  METHOD
        local  {Name}  {Name}  scram-sha-256

        """;

    public async Task CreateAsync(string password, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder.NewData))
        {
            Directory.Delete(folder.NewData, recursive: true); // of a start that was interrupted
        }

        PrivatePath.CreateFolder(folder.NewData);
        if (user is not null)
        {
            UnixProcess.ChangeOwner(folder.NewData, user.Id, user.Group);
        }

        var made = await RunAsync([binaries.InitDb, "-D", folder.NewData, "-U", "postgres", "--auth=reject", "-E", "UTF8", "--locale=C", "--no-instructions"], "", cancellationToken);
        if (!made.Succeeded)
        {
            throw new AppHostException($"initdb could not make the database in {folder.NewData}:\n  {made.LastWords().ReplaceLineEndings("\n  ")}");
        }

        await File.WriteAllTextAsync(Path.Combine(folder.NewData, "pg_hba.conf"), HostBasedAuthentication, cancellationToken);
        await SqlAsync(folder.NewData, $"""
            create role {Name} login password '{password}'
            grant pg_monitor to {Name}
            create database {Name} owner {Name}

            """, cancellationToken);
        Directory.Move(folder.NewData, folder.Data);
    }

    /// <summary>For when the file with the password was lost.</summary>
    public Task SetPasswordAsync(string password, CancellationToken cancellationToken) =>
        SqlAsync(folder.Data, $"alter role {Name} password '{password}'\n", cancellationToken);

    // Single-user mode: a command a line, no server, no authentication. It goes on after an error, and ends well even then.
    private async Task SqlAsync(string data, string lines, CancellationToken cancellationToken)
    {
        var result = await RunAsync([binaries.Server, "--single", "-D", data, "-c", "log_checkpoints=off", "postgres"], lines, cancellationToken);
        if (!result.Succeeded || result.Error.Contains("ERROR:", StringComparison.Ordinal))
        {
            throw new AppHostException($"The database in {data} could not be prepared:\n  {result.LastWords().ReplaceLineEndings("\n  ")}");
        }
    }

    private Task<ToolResult> RunAsync(IReadOnlyList<string> command, string input, CancellationToken cancellationToken) =>
        Tool.RunAsync(ServerUser.Run(user, command), cancellationToken, input);
}
