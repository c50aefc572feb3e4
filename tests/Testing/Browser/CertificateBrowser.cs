using System.Text.Json;

namespace KubeLens.Testing;

/// <summary>
/// Chromium with an NSS database of its own, as a person has one: certificates are imported with the tools of libnss3-tools, and it
/// shows one of them to a server that asks. Without Chromium or these tools whoever asks for it is skipped with the reason.
/// </summary>
public sealed class CertificateBrowser : IDisposable
{
    private readonly TempFolder _home = new("browser");
    private readonly string _program;

    private CertificateBrowser(string program) => _program = program;

    // Where Chromium looks below HOME.
    private string Database => $"sql:{_home[".pki/nssdb"]}";

    public static async Task<CertificateBrowser> CreateAsync(CancellationToken cancellationToken)
    {
        var program = Browser.Require();
        Assert.SkipUnless(IsThere("pk12util") && IsThere("certutil"), "pk12util and certutil not found: apt-get install libnss3-tools");
        var browser = new CertificateBrowser(program);
        Directory.CreateDirectory(browser._home[".pki/nssdb"]);
        await browser.RunAsync("certutil", ["-N", "-d", browser.Database, "--empty-password"], cancellationToken);
        return browser;
    }

    /// <summary>Trusts an authority of servers.</summary>
    public Task TrustAsync(string certificateFile, CancellationToken cancellationToken) =>
        RunAsync("certutil", ["-A", "-d", Database, "-t", "C,,", "-n", Path.GetFileName(certificateFile), "-i", certificateFile], cancellationToken);

    /// <summary>Imports a client certificate with its key.</summary>
    public Task ImportAsync(string pkcs12File, string password, CancellationToken cancellationToken) =>
        RunAsync("pk12util", ["-i", pkcs12File, "-d", Database, "-W", password, "-K", ""], cancellationToken);

    /// <summary>
    /// Opens an address in a fresh profile and gives the page as HTML. Nobody is there to choose a certificate: the browser takes one
    /// of those that the server accepts.
    /// </summary>
    public async Task<string> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var profile = _home[$"profile-{Guid.NewGuid():n}"];
        Directory.CreateDirectory(Path.Combine(profile, "Default"));
        var site = JsonSerializer.Serialize(address.GetLeftPart(UriPartial.Authority) + ",*");
        await File.WriteAllTextAsync(Path.Combine(profile, "Default", "Preferences"), """{"profile":{"content_settings":{"exceptions":{"auto_select_certificate":{""" + site + """:{"setting":{"filters":[{}]}}}}}}}""", cancellationToken);
        return await RunAsync(_program, ["--headless", .. Browser.Flags, $"--user-data-dir={profile}", "--dump-dom", address.AbsoluteUri], cancellationToken);
    }

    public void Dispose() => _home.Dispose();

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await TestProcess.RunAsync(new TestCommand(program, arguments) { Environment = new Dictionary<string, string?> { ["HOME"] = _home.Path } }, cancellationToken, TimeSpan.FromMinutes(1))).Require();
}
