using KubeLens.Testing;

namespace KubeLens.Store.Tests;

/// <summary>A command of the Store as a program of its own.</summary>
internal static class StoreProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    public static Task<ProcessResult> RunAsync(string connectionString, CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(EnvironmentOf(connectionString), "", cancellationToken, arguments);

    /// <param name="environment">More of it than this program's own; null takes away.</param>
    /// <param name="input">On standard input.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="arguments">The command first.</param>
    public static Task<ProcessResult> RunAsync(Dictionary<string, string?> environment, string input, CancellationToken cancellationToken, params string[] arguments) =>
        TestProcess.RunAsync(new TestCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, "KubeLens.Store.dll"), .. arguments]) { Environment = environment }, cancellationToken, Deadline, input);

    public static Dictionary<string, string?> EnvironmentOf(string connectionString) => new() { ["ConnectionStrings__Store"] = connectionString };
}
