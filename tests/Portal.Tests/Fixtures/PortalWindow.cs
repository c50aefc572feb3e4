using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>A browser window that notes everything a healthy page never does: console errors, CSP violations, foreign requests.</summary>
internal sealed class PortalWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private PortalWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"exception: {error}");
        page.Dialog += async (_, dialog) =>
        {
            _complaints.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Host != "127.0.0.1")
            {
                _complaints.Enqueue($"foreign request: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILocator Query => Page.GetByLabel("Query", new() { Exact = true });

    public ILocator Rows => Page.Locator(".batch .row");

    public ILocator Drawer => Page.Locator("aside.drawer");

    public static async Task<PortalWindow> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(20_000);
        return new PortalWindow(context, await context.NewPageAsync());
    }

    /// <summary>Waits until the search page is in this state.</summary>
    public Task StateAsync(string state) => Page.Locator($".search[data-state={state}]").WaitForAsync();

    public async Task SearchAsync(string query)
    {
        await Query.FillAsync(query);
        await Page.Keyboard.PressAsync("Enter");
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
