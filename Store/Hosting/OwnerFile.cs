namespace KubeLens.Store.Hosting;

/// <summary>Files that nobody but their owner may read.</summary>
internal static class OwnerFile
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static FileStream Open(string path, FileMode mode) => Open(path, new FileStreamOptions { Mode = mode, Access = FileAccess.Write });

    public static FileStream Open(string path, FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ForFiles;
        }

        return new FileStream(path, options);
    }

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, ForFiles | UnixFileMode.UserExecute);
        }
    }
}
