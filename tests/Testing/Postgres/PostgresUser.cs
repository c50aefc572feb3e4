namespace KubeLens.Testing;

/// <summary>postgres refuses to run as root: then it runs as the user postgres, or else nobody, without any privilege.</summary>
internal static class PostgresUser
{
    public static async Task<IReadOnlyList<string>> PrepareAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return [];
        }

        var (uid, gid) = Find();
        (await TestProcess.RunAsync(new TestCommand("chown", "-R", $"{uid}:{gid}", folder), cancellationToken)).Require();
        return ["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs", "--"];
    }

    private static (string Uid, string Gid) Find()
    {
        // postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToLookup(fields => fields[0], fields => (fields[2], fields[3]));
        return users["postgres"].Concat(users["nobody"]).Cast<(string, string)?>().FirstOrDefault()
            ?? throw new InvalidOperationException("Running as root, and /etc/passwd has neither the user postgres nor nobody to run PostgreSQL as.");
    }
}
