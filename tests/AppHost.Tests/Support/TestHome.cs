namespace KubeLens.AppHost.Tests.Support;

/// <summary>A state folder of a test's own. Other users can walk to it, as to root's default one.</summary>
internal sealed class TestHome : IDisposable
{
    public TestHome(string name = "home")
    {
        Root = Directory.CreateTempSubdirectory("kubelens-").FullName;
        File.SetUnixFileMode(Root, (UnixFileMode)0b111_101_101);
        Path = System.IO.Path.Combine(Root, name);
        Directory.CreateDirectory(Path);
    }

    public string Root { get; }

    public string Path { get; }

    public string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string Write(string name, string content)
    {
        File.WriteAllText(In(name), content);
        return In(name);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
