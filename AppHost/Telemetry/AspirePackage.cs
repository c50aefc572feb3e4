using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Npm;
using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Telemetry;

/// <summary>
/// The Aspire dashboard, from the npm package of Aspire's command line, which carries it packed. That program unpacks it once and
/// is not needed afterwards.
/// </summary>
internal sealed class AspirePackage(string folder, Action<string> report)
{
    private const string Kept = "managed";

    private static readonly NpmPin Pin = new(
        "the Aspire dashboard",
        "@microsoft/aspire-cli-linux-x64",
        "13.5.4",
        "sha512-8PWeRHM1+QwQB2wxDnfPsimi3EW01r04b4DjX0jIDE78SlfJabwVfYArW/48vDzYvPzKSRye6DIPVAsCFoXjBA==",
        $"leave {Options.OptionNames.Dashboard} out");

    private readonly NpmPackage _package = new(Pin, folder);

    /// <summary>The dashboard's program; fetched with npm where it is not there yet.</summary>
    public async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        if (!_package.IsInstalled)
        {
            if (!_package.IsAvailable)
            {
                throw new AppHostException($"The Aspire dashboard comes from npm, for linux-x64 only, and there is no npm on PATH. Install npm, or {Pin.Instead}.");
            }

            report($"Fetching the Aspire dashboard {Pin.Version} (130 MB) with npm into {folder} (once).");
            await _package.InstallAsync(root => UnpackAsync(root, cancellationToken), cancellationToken);
        }

        return Path.Combine(_package.Root, Kept, "aspire-managed");
    }

    // Aspire's program writes settings and logs into its home, tells its makers about its use, and looks for newer ones of itself.
    private async Task UnpackAsync(string root, CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Path.Combine(root, "home")).FullName;
        var result = await Tool.RunAsync(
            [
                "env", $"HOME={home}", "ASPIRE_CLI_TELEMETRY_OPTOUT=true", "ASPIRE_VERSION_CHECK_DISABLED=true", "DOTNET_CLI_TELEMETRY_OPTOUT=1",
                Path.Combine(_package.In(root), "bin", "aspire"), "setup", "--non-interactive", "--nologo",
            ],
            cancellationToken);

        // Beside bin, where it looks for it again: told another place, it fails now and then, because it finds nothing in the usual one.
        // "bundle" is a link into "versions", in which the dashboard is beside things for other uses.
        var dashboard = Path.Combine(_package.In(root), "bundle", Kept);
        if (!result.Succeeded || !SearchPath.IsExecutable(Path.Combine(dashboard, "aspire-managed")))
        {
            throw new AppHostException($"The Aspire dashboard that npm fetched cannot be unpacked here:\n  {result.LastWords().ReplaceLineEndings("\n  ")}\nPut that right, or {Pin.Instead}.");
        }

        Directory.Move(dashboard, Path.Combine(root, Kept));
        Directory.Delete(home, recursive: true);
        Directory.Delete(Path.Combine(root, "node_modules"), recursive: true);
    }
}
