namespace KubeLens.AppHost.Linux;

/// <summary>Folders and files that nobody else may read. They are made private, never first open and then closed.</summary>
internal static class PrivatePath
{
    public const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode SecretMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>EWOULDBLOCK: the HResult of an IOException when another process has the file locked.</summary>
    public const int WouldBlock = 11;

    /// <summary>A folder with mode 0700, or with one group let through (0710: it may enter, not list).</summary>
    public static void CreateFolder(string path, bool groupMayEnter = false)
    {
        var mode = groupMayEnter ? FolderMode | UnixFileMode.GroupExecute : FolderMode;
        Directory.CreateDirectory(path, mode);
        if (File.GetUnixFileMode(path) != mode)
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>Writes a 0600 file whole or not at all: under another name first, then renamed.</summary>
    public static void WriteFile(string path, string content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = SecretMode };
        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(content);
            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
