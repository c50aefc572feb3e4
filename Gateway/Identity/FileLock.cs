namespace KubeLens.Gateway.Identity;

/// <summary>Lets one process at a time make what others will read; the operating system frees it with the process.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="IOException">Another process has held it for too long.</exception>
    public static FileStream Take(string path, string homeKey = "Gateway:Home")
    {
        FileStream? held = null;
        return SpinWait.SpinUntil(() => (held = TryOpen(path)) is not null, Patience)
            ? held!
            : throw new IOException($"{path}: another process has held it for {Patience.TotalSeconds:0} s. Stop the other process, or give this one its own {homeKey}");
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
