using System.CommandLine;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary>
/// What an admin does on the gateway's machine, beside a running gateway or without one: <c>gateway kubeconfig</c>,
/// <c>gateway browser-certificate</c>, <c>gateway certificates</c>, <c>gateway revoke</c>, <c>gateway policy test</c>,
/// <c>gateway redact</c>. Without one of these words the program is the service.
/// </summary>
internal static class GatewayCommands
{
    private static readonly string[] Words = ["kubeconfig", "browser-certificate", "certificates", "revoke", "policy", "redact", "--help", "-h", "-?", "--version"];

    public static bool Knows(string[] arguments) => arguments is [var first, ..] && Words.Contains(first, StringComparer.Ordinal);

    /// <returns>0, 1 for a refusal, 78 for a home or a configuration that cannot be used.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("The KubeLens gateway. Without a command it serves, as appsettings.json and the environment say.")
        {
            KubeconfigCommand.Create(),
            BrowserCertificateCommand.Create(),
            CertificatesCommand.Create(),
            RevokeCommand.Create(),
            PolicyCommand.Create(),
            RedactCommand.Create(),
            AdminHome.Option,
        };
        try
        {
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is ConfigurationException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return e is ConfigurationException ? ConfigurationExit.Code : 1;
        }
    }
}
