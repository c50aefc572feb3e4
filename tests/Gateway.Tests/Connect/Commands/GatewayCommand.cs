using KubeLens.Gateway.Connect.Commands;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Connect.Commands;

/// <summary>A command of the gateway's program.</summary>
internal static class GatewayCommand
{
    /// <summary>Runs it as Program.cs does.</summary>
    public static async Task<ProcessResult> RunAsync(string home, params IReadOnlyList<string> arguments)
    {
        using StringWriter output = new(), error = new();
        var code = await GatewayCommands.RunAsync([.. arguments, "--home", home], output, error);
        return new ProcessResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs the program, as an admin does.</summary>
    public static Task<ProcessResult> RunProgramAsync(string home, params IReadOnlyList<string> arguments) =>
        TestProcess.RunAsync(
            new TestCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, "KubeLens.Gateway.dll"), .. arguments])
            {
                Environment = new Dictionary<string, string?> { ["KUBELENS_HOME"] = home, ["Gateway__Home"] = null },
                WorkingDirectory = home,
            },
            TestContext.Current.CancellationToken);
}
