namespace KubeLens.AppHost.Linux;

/// <summary>Looks a program up on <c>PATH</c>, as a shell would.</summary>
internal static class SearchPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program's full path, or null.</summary>
    public static string? Find(string program) => Find(program, Environment.GetEnvironmentVariable("PATH"));

    /// <inheritdoc cref="Find(string)"/>
    public static string? Find(string program, string? path) =>
        (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable);

    /// <summary>A link counts as what it leads to in the end; one that leads nowhere, or in a circle, is no program.</summary>
    public static bool IsExecutable(string file)
    {
        try
        {
            var target = File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file : "";
            return File.Exists(target) && (File.GetUnixFileMode(target) & AnyExecute) != 0;
        }
        catch (IOException)
        {
            return false; // too many links
        }
    }
}
