#pragma warning disable CA1416 // the gateway runs on Unix; the other system has neither these modes nor our locks

using System.Text;

namespace KubeLens.Gateway;

/// <summary>Files (0600) and folders (0700) that are for this user alone.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForFolders = ForFiles | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, or closes an existing one to others.</summary>
    public static void CreateFolder(string path)
    {
        Directory.CreateDirectory(path, ForFolders);
        Close(path, ForFolders);
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

    /// <summary>Replaces the whole file in one step: a reader sees the old or the new, never a part, over a power cut too.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (var stream = Open(temporary, FileMode.CreateNew, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Takes the rights of others away.</summary>
    /// <returns>Whether they had any.</returns>
    public static bool Close(string path) => Close(path, ForFiles);

    private static bool Close(string path, UnixFileMode mode)
    {
        if ((File.GetUnixFileMode(path) & ~mode) == 0)
        {
            return false;
        }

        File.SetUnixFileMode(path, mode);
        return true;
    }
}
