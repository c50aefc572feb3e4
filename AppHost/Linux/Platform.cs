using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace KubeLens.AppHost.Linux;

/// <summary>Says where AppHost runs, and what it needs there.</summary>
internal static class Platform
{
    /// <summary>What is missing here, in sentences. Empty when AppHost can run.</summary>
    public static IReadOnlyList<string> Problems()
    {
#pragma warning disable CA1418, CA1416 // the one question that is asked before we know that it is Linux
        if (!OperatingSystem.IsLinux())
        {
            return ["AppHost runs on Linux only for now. Elsewhere, start it in a Linux container or virtual machine, for example under WSL."];
        }
#pragma warning restore CA1418, CA1416

        string[] tools = UnixProcess.IsRoot ? ["sh", "setsid", "setpriv"] : ["sh", "setsid"];
        return [.. tools.Where(tool => SearchPath.Find(tool) is null).Select(tool => $"'{tool}' is not on PATH. It comes with util-linux (sh: with dash or busybox): install it with the system's package manager.")];
    }
}
