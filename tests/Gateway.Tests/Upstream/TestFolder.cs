namespace KubeLens.Gateway.Tests.Upstream;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kubelens-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>The rights of a file, octal.</summary>
#pragma warning disable CA1416 // Where there are no such rights, no test asks for them.
    public string Mode(string name) => Convert.ToString((int)File.GetUnixFileMode(this[name]), 8);
#pragma warning restore CA1416

    /// <summary>A shell script that can be run.</summary>
    public string Script(string name, string body)
    {
        var path = Write(name, "#!/bin/sh\n" + body);
#pragma warning disable CA1416 // A shell script has no meaning elsewhere.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
