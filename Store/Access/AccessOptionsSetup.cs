using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

/// <summary>Where tokens of apiservers are kept unless it is said: in <c>$KUBELENS_HOME</c>, as everything that is private to KubeLens.</summary>
internal sealed class AccessOptionsSetup(IConfiguration configuration) : IPostConfigureOptions<AccessOptions>
{
    public void PostConfigure(string? name, AccessOptions options)
    {
        if (options.AuditTokenFolder.Length == 0)
        {
            options.AuditTokenFolder = Path.Combine(Home(), "audit-tokens");
        }
    }

    /// <summary>For a command that needs no more of the Store. Login codes are where AppHost keeps them, unless it is said.</summary>
    public static AccessOptions Read()
    {
        var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables();
        var options = configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        var setup = new AccessOptionsSetup(configuration);
        setup.PostConfigure(null, options);
        if (options.LoginFolder.Length == 0)
        {
            options.LoginFolder = Path.Combine(setup.Home(), "login");
        }

        return options;
    }

    private string Home() => configuration["KUBELENS_HOME"] is { Length: > 0 } home ? home
        : Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? "/var/lib/kubelens"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kubelens");
}
