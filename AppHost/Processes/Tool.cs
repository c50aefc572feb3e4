using System.Diagnostics;

namespace KubeLens.AppHost.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    /// <summary>Ends the program, too, when cancelled. A program that cannot be started counts as failed.</summary>
    public static async Task<ToolResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken, string input = "", string? folder = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "/",
        };
        foreach (var name in PostgresVariables.Removed().Keys)
        {
            start.Environment.Remove(name);
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return new ToolResult(-1, "", exception.Message);
        }

        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await WriteAsync(process.StandardInput, input);
            await process.WaitForExitAsync(cancellationToken);
            return new ToolResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task WriteAsync(StreamWriter writer, string input)
    {
        try
        {
            await writer.WriteAsync(input);
            writer.Close();
        }
        catch (IOException)
        {
            // It ended without reading all: its exit code and its words tell why.
        }
    }
}
