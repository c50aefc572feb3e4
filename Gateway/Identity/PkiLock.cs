namespace KubeLens.Gateway.Identity;

/// <summary>Lets one process at a time make certificates in a folder; the operating system frees it with the process.</summary>
internal static class PkiLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static FileStream Take(string folder)
    {
        var path = Path.Combine(folder, ".lock");
        FileStream? held = null;
        return SpinWait.SpinUntil(() => (held = TryOpen(path)) is not null, Patience)
            ? held!
            : throw new GatewayPkiException($"{path}: another process has held it for {Patience.TotalSeconds:0} s. Stop the other gateway, or give this one its own Gateway:Home.");
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
