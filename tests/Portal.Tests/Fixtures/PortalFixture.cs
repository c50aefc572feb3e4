using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PortalFixture))]

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>One portal, one scripted Store and one Chromium for all tests; each test signs in with a script of its own.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    private readonly Browser _browser = new();
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kubelens-portal-");
    private PortalProcess? _portal;
    private ScriptedStore? _store;

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
        Assertions.SetDefaultExpectTimeout(20_000);
    }

    /// <summary>A fresh browser window, not signed in.</summary>
    internal async Task<PortalWindow> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = Address;
        options.ViewportSize ??= new() { Width = 1440, Height = 900 };
        options.TimezoneId ??= "Asia/Kathmandu";
        return await PortalWindow.OpenAsync(await _browser.NewContextAsync(options, TestContext.Current.CancellationToken));
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
        await _browser.DisposeAsync();
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
