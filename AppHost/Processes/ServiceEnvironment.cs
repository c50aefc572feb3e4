namespace KubeLens.AppHost.Processes;

/// <summary>
/// What each service gets on top of our own environment, which it inherits: PATH, HOME, proxies, OTEL_*, and what the
/// kubeconfig's exec plugins read.
/// </summary>
internal static class ServiceEnvironment
{
    // Each service says itself where it listens. Container images of .NET set some of these.
    private static readonly string[] Listening = ["ASPNETCORE_URLS", "DOTNET_URLS", "URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_HTTP_PORTS", "DOTNET_HTTPS_PORTS"];

    // AppHost itself says what listens and what is ready, and asks for it all the time while a service starts.
    // Whoever wants more sets the variable.
    private static readonly Dictionary<string, string> Levels = new()
    {
        ["Microsoft.AspNetCore"] = "Warning",
        ["Microsoft.EntityFrameworkCore"] = "Warning",
        ["Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        ["Microsoft.Hosting.Lifetime"] = "Warning",
        ["System.Net.Http"] = "Warning",
    };

    public static IEnumerable<(string Variable, string? Value)> Common()
    {
        yield return ("KUBELENS_PARENT_WATCH", "1");

        // One line each, without time and colour: those are the log stream's.
        yield return ("Logging__Console__FormatterName", "simple");
        yield return ("Logging__Console__FormatterOptions__SingleLine", "true");
        yield return ("Logging__Console__FormatterOptions__ColorBehavior", "Disabled");
        foreach (var (category, level) in Levels)
        {
            var variable = $"Logging__LogLevel__{category}";
            yield return (variable, Environment.GetEnvironmentVariable(variable) ?? level);
        }

        foreach (var variable in Listening)
        {
            yield return (variable, null);
        }
    }
}
