using Microsoft.Playwright;

namespace KubeLens.Testing;

/// <summary>
/// One headless Chromium for a test assembly, started when first asked for; every page has a context of its own. Share it with
/// <c>[assembly: AssemblyFixture(typeof(Browser))]</c>. The test project references Microsoft.Playwright itself, which puts the
/// driver beside it. Without Chromium on this machine, whoever asks for it is skipped with the reason.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // Chromium takes the last of these lists only, so the first line is Playwright's own. The second is the pop-up of the address bar, which
    // nobody sees here and which is a page of its own that every context loads.
    private const string Without =
        "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,BlockOriginHeaderModificationOnRedirect,AvoidCorsURLLoaderRestartOnRedirect,Translate,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,"
        + "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI";

    // The sandbox wants a user other than root; the rest keeps Chromium from calling home.
    internal static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync",
        $"--disable-features={Without}",
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A page in a fresh context (no cookies, no storage). Disposing it closes the context.</summary>
    public async Task<BrowserPage> NewPageAsync(CancellationToken cancellationToken, ColorScheme theme = ColorScheme.Light, int width = 1280, int height = 800)
    {
        var options = new BrowserNewContextOptions
        {
            ColorScheme = theme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "en-GB",
        };
        return await BrowserPage.OpenAsync(await NewContextAsync(options, cancellationToken));
    }

    /// <summary>A fresh context: no cookies, no storage.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options, CancellationToken cancellationToken)
        => await (await StartAsync(cancellationToken)).NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    /// <summary>Chromium's program, or the test is skipped.</summary>
    internal static string Require()
    {
        var program = Programs.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "Chromium not found: apt-get install chromium");
        return program!;
    }

    private async Task<IBrowser> StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_browser is not null)
            {
                return _browser;
            }

            var program = Require();
            _playwright ??= await Playwright.CreateAsync();
            return _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Flags });
        }
        finally
        {
            _gate.Release();
        }
    }
}
