using System.Globalization;

namespace KubeLens.AppHost.Linux;

/// <summary>Finds who listens on a TCP port.</summary>
internal static class PortOwner
{
    // sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
    //  0: 0100007F:192C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 …
    private const string Listening = "0A";

    /// <summary>For example <c>process 4711 (nginx)</c>, or null when it cannot be told.</summary>
    public static string? Find(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]").ToHashSet();
        if (sockets.Count == 0)
        {
            return null;
        }

        var owner = ProcessTable.All().FirstOrDefault(process => Holds(process, sockets));
        return owner == 0 ? null : $"process {owner} ({ProcessTable.Name(owner)})";
    }

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Any(link => ProcessTable.LinkTarget(link) is { } target && sockets.Contains(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // gone meanwhile, or somebody else's
        }
    }
}
