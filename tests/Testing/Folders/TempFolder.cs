namespace KubeLens.Testing;

/// <summary>A fresh folder (0700) that goes with its owner.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder(string purpose = "test")
        : this(purpose, System.IO.Path.GetTempPath())
    {
    }

    private TempFolder(string purpose, string parent)
    {
        Path = Directory.CreateDirectory(
            System.IO.Path.Combine(parent, $"kubelens-{purpose}-{Guid.NewGuid():N}"[..(purpose.Length + 18)]),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    public string Path { get; }

    /// <summary>The path of a file or folder inside.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A folder whose parents every user of this machine may walk through.</summary>
    public static TempFolder ForOtherUser(string purpose)
        => new(purpose, new[] { System.IO.Path.GetTempPath(), "/var/tmp" }.FirstOrDefault(IsTraversable)
            ?? throw new InvalidOperationException($"Neither {System.IO.Path.GetTempPath()} nor /var/tmp can be entered by other users; set TMPDIR to a folder that can."));

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static bool IsTraversable(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (!at.Exists || !at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }
}
