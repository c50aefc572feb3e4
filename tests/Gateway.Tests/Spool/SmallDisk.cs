using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Spool;

/// <summary>A file system of its own that is soon full. Mounting needs root; without, the test is skipped by name.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TempFolder _folder = new("disk");

    public string Path => _folder["mounted"];

    public static async Task<SmallDisk> MountAsync(int kilobytes, CancellationToken cancellationToken)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Path);
        if (!Environment.IsPrivilegedProcess)
        {
            await disk.DisposeAsync();
            Assert.Skip("needs root, to mount a small tmpfs");
        }

        var (code, _, output) = await TestProcess.RunAsync(new TestCommand("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "kubelens-test", disk.Path), cancellationToken);
        if (code != 0)
        {
            await disk.DisposeAsync();
            Assert.Skip($"needs a small tmpfs, and mount says: {output}");
        }

        return disk;
    }

    public async ValueTask DisposeAsync()
    {
        await TestProcess.RunAsync(new TestCommand("umount", "--lazy", Path), CancellationToken.None);
        _folder.Dispose();
    }
}
