using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KubeLens.ServiceDefaults;

/// <summary>
/// Ends a service whose configuration is wrong with a line for each problem instead of a stack trace, and with an exit code
/// that tells AppHost not to start it again. Program.cs ends with <c>return await ConfigurationExit.RunAsync(() => …)</c>.
/// </summary>
public static class ConfigurationExit
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int Code = 78;

    /// <summary>Builds the service, validates its options, and runs it to its end.</summary>
    /// <param name="build">Adds services, builds, maps. May throw <see cref="ConfigurationException"/>, as may a hosted service that starts.</param>
    /// <returns>0, or <see cref="Code"/> with the problems on standard error. Any other exception is thrown on.</returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        try
        {
            using var host = build();
            // The host would do it, too, but would log the exception with its stack first.
            host.Services.GetService<IStartupValidator>()?.Validate();
            await host.RunAsync();
            return 0;
        }
        catch (Exception exception) when (Problems(exception) is { Count: > 0 } problems)
        {
            foreach (var problem in problems)
            {
                await Console.Error.WriteLineAsync($"configuration: {problem}");
            }

            return Code;
        }
    }

    private static IReadOnlyList<string> Problems(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        ConfigurationException invalid => invalid.Problems,
        AggregateException several when several.InnerExceptions.All(inner => Problems(inner).Count > 0) => [.. several.InnerExceptions.SelectMany(Problems)],

        // "Failed to convert configuration value 'x' at 'Store:Port' to type 'System.Int32'."
        InvalidOperationException { InnerException: FormatException } wrong => [wrong.Message],
        _ => [],
    };
}
