#pragma warning disable CA1416 // the gateway runs on Unix; the other system has neither these modes nor our locks

namespace KubeLens.Gateway.Spool;

/// <summary>Files (0600) and folders (0700) that are for this user alone.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForFolders = ForFiles | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, or closes an existing one to others.</summary>
    public static void CreateFolder(string path)
    {
        Directory.CreateDirectory(path, ForFolders);
        if ((File.GetUnixFileMode(path) & ~ForFolders) != 0)
        {
            File.SetUnixFileMode(path, ForFolders);
        }
    }

    /// <summary>Opens for writing, unbuffered; <paramref name="reserve"/> bytes are allocated at once, or it fails.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share, long reserve = 0) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = reserve > 0 ? FileAccess.Write : FileAccess.ReadWrite,
        Share = share,
        PreallocationSize = reserve,
        UnixCreateMode = ForFiles,
        BufferSize = 0,
    });
}
