using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Api.Discovery;

/// <summary><c>/version</c>.</summary>
internal static class ServerVersion
{
    public const string Text = "v1.32.0+kubelens-demo";

    public static JsonObject Document() => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = Text,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2026-01-01T00:00:00Z",
        ["goVersion"] = "none: .NET",
        ["compiler"] = "roslyn",
        ["platform"] = $"{(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")}/amd64",
    };
}
