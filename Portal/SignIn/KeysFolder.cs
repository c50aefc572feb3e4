using Microsoft.AspNetCore.DataProtection.Repositories;

namespace KubeLens.Portal.SignIn;

internal static class KeysFolder
{
    /// <summary>The folder's keys; the folder is made for its owner alone.</summary>
    public static FileSystemXmlRepository Open(string folder, ILoggerFactory loggers)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new FileSystemXmlRepository(new DirectoryInfo(folder), loggers);
    }
}
