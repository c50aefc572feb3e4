using System.Security.Cryptography;
using System.Text;
using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.Postgres;

/// <summary>
/// Where the server's socket lies. The kernel takes paths of at most 107 bytes, and a few characters mean something in
/// PostgreSQL's settings and in connection strings; for such a state folder a short folder elsewhere is used.
/// </summary>
internal static class SocketFolder
{
    private const int LongestSocketPath = 107;

    public static bool Fits(string folder) =>
        Encoding.UTF8.GetByteCount(SocketPath(folder)) <= LongestSocketPath && folder.IndexOfAny([',', ':', ';', '\'', '"', '\\', '=']) < 0 && !folder.Any(char.IsWhiteSpace);

    public static string SocketPath(string folder) => $"{folder}/.s.PGSQL.{PostgresSettings.Port}";

    /// <summary>The folder in the state folder if it fits, else one that was made elsewhere.</summary>
    /// <param name="runtime"><c>XDG_RUNTIME_DIR</c>: the user's own, gone at reboot.</param>
    public static string Choose(string preferred, ServerUser? user, string? runtime)
    {
        if (Fits(preferred))
        {
            return preferred;
        }

        var name = "kubelens-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(preferred)))[..12];
        var parent = user is not null ? "/run" : Directory.Exists(runtime) && Fits(Path.Combine(runtime, name)) ? runtime : "/tmp";
        var folder = Path.Combine(parent, name);
        try
        {
            // In /tmp somebody else may have made it first, or put a link there: then it is not ours to close.
            if (new DirectoryInfo(folder) is { Exists: true, LinkTarget: not null })
            {
                throw new UnauthorizedAccessException();
            }

            if (user is not null && Directory.Exists(folder))
            {
                UnixProcess.ChangeOwner(folder, 0, 0);
            }

            PrivatePath.CreateFolder(folder);
        }
        catch (UnauthorizedAccessException)
        {
            throw new AppHostException($"The socket of Postgres cannot lie in {preferred}: that path is longer than {LongestSocketPath} bytes or has characters that a socket's must not have. {folder} could be used instead, but it belongs to somebody else. Choose a shorter KUBELENS_HOME.");
        }

        if (user is not null)
        {
            UnixProcess.ChangeOwner(folder, user.Id, user.Group);
        }

        return folder;
    }
}
