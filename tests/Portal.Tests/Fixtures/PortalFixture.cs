using KubeLens.Portal.Tests.Fixtures;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PortalFixture))]

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>One portal, one scripted Store and one Chromium for all tests; each test signs in with a script of its own.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kubelens-portal-");
    private PortalProcess? _portal;
    private ScriptedStore? _store;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal string Address => _portal!.Address;

    internal ScriptedStore Store => _store!;

    internal string Output => _portal!.Output;

    public static string KubeconfigPath => "/home/alice/.kubelens/kubeconfig";

    internal Dictionary<string, string> Settings(string store) => new()
    {
        ["Portal:Port"] = "0",
        ["Portal:KeysFolder"] = Path.Combine(_home.FullName, "portal-keys"),
        ["Portal:KubeconfigPath"] = KubeconfigPath,
        ["Store:Address"] = store,
    };

    internal string Home => _home.FullName;

    public async ValueTask InitializeAsync()
    {
        _store = await ScriptedStore.StartAsync();
        _portal = await PortalProcess.StartAsync(_home.FullName, Settings(_store.Address));
        if (File.Exists(Chromium))
        {
            Assertions.SetDefaultExpectTimeout(20_000);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync"],
            });
        }
    }

    /// <summary>A fresh browser window, not signed in.</summary>
    internal async Task<PortalWindow> OpenAsync(BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            Assert.Skip($"{Chromium} is not installed");
        }

        options ??= new();
        options.BaseURL = Address;
        options.ViewportSize ??= new() { Width = 1440, Height = 900 };
        options.TimezoneId ??= "Asia/Kathmandu";
        return await PortalWindow.OpenAsync(await _browser.NewContextAsync(options));
    }

    /// <summary>A fresh browser window, signed in, on this path.</summary>
    internal async Task<PortalWindow> SignInAsync(StoreScript script, string path = "/search", BrowserNewContextOptions? options = null)
    {
        var window = await OpenAsync(options);
        await SignInAsync(window, script);
        if (path != "/search")
        {
            await window.Page.GotoAsync(path);
        }

        return window;
    }

    /// <summary>Signs in in this window, which then shows the search page.</summary>
    internal Task SignInAsync(PortalWindow window, StoreScript script) => window.Page.GotoAsync($"/login?code={_store!.NewLogin(script)}");

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _home.Delete(recursive: true);
    }
}
