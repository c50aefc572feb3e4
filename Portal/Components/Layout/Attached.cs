using Microsoft.JSInterop;

namespace KubeLens.Portal.Components.Layout;

/// <summary>What a module of the browser made for a component by its <c>attach</c>: called while the component is shown, and let go with it.</summary>
internal sealed class Attached : IAsyncDisposable
{
    private IJSObjectReference? _made;

    public bool IsThere => _made is not null;

    /// <summary>Has it made; what was made before is let go.</summary>
    /// <param name="browser">Of the circuit.</param>
    /// <param name="module"><c>./Components/Controls/ResultGrid.razor.js</c>.</param>
    /// <param name="cancellationToken">Ends the wait for the browser.</param>
    /// <param name="arguments">Of <c>attach</c>.</param>
    public async Task AttachAsync(Browser browser, string module, CancellationToken cancellationToken, params object?[] arguments)
    {
        await DisposeAsync();
        var loaded = await browser.ModuleAsync(module, cancellationToken);
        _made = await loaded.InvokeAsync<IJSObjectReference>("attach", cancellationToken, arguments);
    }

    /// <summary>Calls one of its methods; nothing happens before it was made.</summary>
    public async ValueTask CallAsync(string method, CancellationToken cancellationToken, params object?[] arguments)
    {
        if (_made is not null)
        {
            await _made.InvokeVoidAsync(method, cancellationToken, arguments);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_made is not { } made)
        {
            return;
        }

        _made = null;
        try
        {
            await made.InvokeVoidAsync("dispose");
            await made.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and took the module with it.
        }
    }
}
