using Microsoft.JSInterop;

namespace KubeLens.Portal.Components.Layout;

/// <summary>What only the browser knows or can do. One per circuit.</summary>
internal sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    /// <summary>The choice whether single keys are shortcuts.</summary>
    public const string Keys = "keys";

    private const string Own = "./Components/Layout/MainLayout.razor.js";

    private readonly Dictionary<string, IJSObjectReference> _modules = [];
    private TimeZoneInfo? _zone;

    /// <summary>The zone that times are shown in, as the reader chose it or the browser has it; UTC when this machine does not know it.</summary>
    public async ValueTask<TimeZoneInfo> ZoneAsync(CancellationToken cancellationToken)
    {
        if (_zone is null)
        {
            var id = await (await ModuleAsync(Own, cancellationToken)).InvokeAsync<string>("zone", cancellationToken);
            _zone = TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
        }

        return _zone;
    }

    public async ValueTask CopyAsync(string text, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeVoidAsync("copy", cancellationToken, text);

    /// <summary>The browser's own time zone, as it names it.</summary>
    public async ValueTask<string> OwnZoneAsync(CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeAsync<string>("ownZone", cancellationToken);

    /// <summary>Shows pages like that, and keeps it.</summary>
    public async ValueTask ChooseAsync(PageChoices choices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choices);
        _zone = null;
        await (await ModuleAsync(Own, cancellationToken)).InvokeVoidAsync("choose", cancellationToken, new { choices.Theme, choices.Density, choices.Zone });
    }

    /// <summary>What stands in a field right now.</summary>
    public async ValueTask<string> ValueAsync(string selector, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeAsync<string>("valueOf", cancellationToken, selector);

    public async ValueTask SetValueAsync(string selector, string value, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeVoidAsync("setValue", cancellationToken, selector, value);

    public async ValueTask FocusAsync(string selector, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeVoidAsync("focus", cancellationToken, selector);

    /// <summary>Scrolls as far as it takes to see it.</summary>
    public async ValueTask RevealAsync(string selector, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeVoidAsync("reveal", cancellationToken, selector);

    public async ValueTask StartShortcutsAsync(CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeVoidAsync("startShortcuts", cancellationToken);

    /// <summary>Whether single keys are shortcuts, from now on.</summary>
    public async ValueTask UseKeysAsync(bool use, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeVoidAsync("useKeys", cancellationToken, use);

    /// <summary>What the reader chose in this browser; null when nothing yet.</summary>
    /// <param name="choice">Its name.</param>
    public async ValueTask<bool?> RecallAsync(string choice, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeAsync<bool?>("recall", cancellationToken, choice);

    public async ValueTask RememberAsync(string choice, bool value, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeVoidAsync("remember", cancellationToken, choice, value);

    /// <summary>Whether the window is at least this wide.</summary>
    /// <param name="pixels">Of CSS.</param>
    public async ValueTask<bool> IsWideAsync(int pixels, CancellationToken cancellationToken)
        => await (await ModuleAsync(Own, cancellationToken)).InvokeAsync<bool>("isWide", cancellationToken, pixels);

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var module in _modules.Values)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and took the module with it.
        }
    }

    /// <summary>A module, which is brought once a circuit and stays with it.</summary>
    /// <param name="path"><c>./Components/Layout/MainLayout.razor.js</c>.</param>
    public async ValueTask<IJSObjectReference> ModuleAsync(string path, CancellationToken cancellationToken)
    {
        if (!_modules.TryGetValue(path, out var module))
        {
            _modules[path] = module = await js.InvokeAsync<IJSObjectReference>("import", cancellationToken, path);
        }

        return module;
    }
}
