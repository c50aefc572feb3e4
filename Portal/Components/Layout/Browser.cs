using Microsoft.JSInterop;

namespace KubeLens.Portal.Components.Layout;

/// <summary>What only the browser knows or can do. One per circuit.</summary>
internal sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private TimeZoneInfo? _zone;

    /// <summary>The reader's time zone; UTC when this machine does not know it.</summary>
    public async ValueTask<TimeZoneInfo> ZoneAsync(CancellationToken cancellationToken)
    {
        if (_zone is null)
        {
            var id = await (await ModuleAsync(cancellationToken)).InvokeAsync<string>("zone", cancellationToken);
            _zone = TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
        }

        return _zone;
    }

    public async ValueTask CopyAsync(string text, CancellationToken cancellationToken)
        => await (await ModuleAsync(cancellationToken)).InvokeVoidAsync("copy", cancellationToken, text);

    public async ValueTask SetThemeAsync(string theme, CancellationToken cancellationToken)
        => await (await ModuleAsync(cancellationToken)).InvokeVoidAsync("setTheme", cancellationToken, theme);

    /// <summary>What stands in a field right now.</summary>
    public async ValueTask<string> ValueAsync(string selector, CancellationToken cancellationToken)
        => await (await ModuleAsync(cancellationToken)).InvokeAsync<string>("valueOf", cancellationToken, selector);

    public async ValueTask SetValueAsync(string selector, string value, CancellationToken cancellationToken)
        => await (await ModuleAsync(cancellationToken)).InvokeVoidAsync("setValue", cancellationToken, selector, value);

    public async ValueTask FocusAsync(string selector, CancellationToken cancellationToken)
        => await (await ModuleAsync(cancellationToken)).InvokeVoidAsync("focus", cancellationToken, selector);

    public async ValueTask StartShortcutsAsync(CancellationToken cancellationToken)
        => await (await ModuleAsync(cancellationToken)).InvokeVoidAsync("startShortcuts", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and took the module with it.
        }
    }

    private async ValueTask<IJSObjectReference> ModuleAsync(CancellationToken cancellationToken)
        => _module ??= await js.InvokeAsync<IJSObjectReference>("import", cancellationToken, "./Components/Layout/MainLayout.razor.js");
}
