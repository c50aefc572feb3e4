using System.Collections;
using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.Options;

/// <summary>What AppHost takes from the outside besides its options.</summary>
/// <param name="Variables">Environment variables.</param>
/// <param name="UserFolder">The user's home folder.</param>
/// <param name="CurrentFolder">What relative paths are relative to.</param>
/// <param name="IsRoot">Whether we run as root, whose home other users cannot enter.</param>
internal sealed record Surroundings(IReadOnlyDictionary<string, string> Variables, string UserFolder, string CurrentFolder, bool IsRoot)
{
    public static Surroundings Current() => new(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Environment.CurrentDirectory,
        UnixProcess.IsRoot);

    /// <summary>The variable's value; null when it is unset or empty.</summary>
    public string? Variable(string name) => Variables.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    public string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, CurrentFolder));
}
