using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Linux;

/// <summary>
/// Whom PostgreSQL runs as. It refuses root, so under root it gets another user by <c>setpriv</c>, with no capability left;
/// otherwise it runs as we do.
/// </summary>
internal sealed record ServerUser(string Name, uint Id, uint Group)
{
    /// <summary>Null: as we are. Under root: the owner of <paramref name="data"/> if it exists, else postgres, else nobody.</summary>
    public static async Task<ServerUser?> FindAsync(string data, CancellationToken cancellationToken)
    {
        if (!UnixProcess.IsRoot)
        {
            return null;
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3)
            .Select(fields => new ServerUser(fields[0], uint.Parse(fields[2], null), uint.Parse(fields[3], null))).ToList();
        if (Directory.Exists(data))
        {
            var owner = await Tool.RunAsync(["stat", "-c", "%u", data], cancellationToken);
            if (owner.Succeeded && users.Find(user => user.Id != 0 && $"{user.Id}" == owner.Output.Trim()) is { } found)
            {
                return found;
            }
        }

        return users.Find(user => user.Name == "postgres") ?? users.Find(user => user.Name == "nobody")
            ?? throw new AppHostException("PostgreSQL does not run as root, and /etc/passwd has neither a user 'postgres' nor 'nobody' to run it as. Start AppHost as another user, or pass --connection-string.");
    }

    /// <summary>The command that runs <paramref name="command"/> as this user.</summary>
    public static IReadOnlyList<string> Run(ServerUser? user, params IReadOnlyList<string> command) => user is null
        ? command
        : ["setpriv", $"--reuid={user.Id}", $"--regid={user.Group}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs", "--", .. command];

    /// <summary>The first folder on the way to <paramref name="path"/> that the user may not enter, or null.</summary>
    public static async Task<string?> FindClosedFolderAsync(ServerUser? user, string path, CancellationToken cancellationToken)
    {
        if (user is null)
        {
            return null;
        }

        List<string> way = [];
        for (var folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            way.Insert(0, folder);
        }

        // one process for the whole way: it prints the first that fails
        var result = await Tool.RunAsync(Run(user, ["sh", "-c", "for folder; do test -x \"$folder\" || { printf %s \"$folder\"; exit 1; }; done", "sh", .. way]), cancellationToken);
        return result.Succeeded ? null : result.Output.Trim();
    }
}
