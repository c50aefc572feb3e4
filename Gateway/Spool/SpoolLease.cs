namespace KubeLens.Gateway.Spool;

/// <summary>
/// One process a folder. The lock is the kernel's (flock), so it goes with its process however that ends; the file itself
/// stays, because removing it could hand two processes a lock each.
/// </summary>
internal sealed class SpoolLease : IDisposable
{
    private const string FileName = "lease";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private SpoolLease(FileStream file) => _file = file;

    /// <exception cref="SpoolInUseException">Another process still holds the folder after <paramref name="wait"/>.</exception>
    public static async Task<SpoolLease> TakeAsync(string folder, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new SpoolLease(PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException e) when (e.GetType() == typeof(IOException))
            {
                // A killed predecessor may take a moment to go.
                if (time.GetElapsedTime(started) >= wait)
                {
                    throw new SpoolInUseException(folder, e);
                }
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();
}
