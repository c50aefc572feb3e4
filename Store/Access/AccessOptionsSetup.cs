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

    private string Home() => configuration["KUBELENS_HOME"] is { Length: > 0 } home ? home
        : Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? "/var/lib/kubelens"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kubelens");
}
