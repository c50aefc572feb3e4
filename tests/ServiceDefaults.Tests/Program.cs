using Microsoft.AspNetCore.Builder;
using Xunit.Runner.InProc.SystemConsole;

namespace KubeLens.ServiceDefaults.Tests;

/// <summary>Runs the tests or, for a test that needs a process of its own, a service that has the defaults and nothing else.</summary>
internal static class Program
{
    public const string ServiceArgument = "as-service";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [ServiceArgument, ..])
        {
            return await ConsoleRunner.Run(args);
        }

        await using var app = Service.Create(configure: null, variables: Environment.GetEnvironmentVariables(), console: true);
        await app.RunAsync();
        return 0;
    }
}
