using KubeLens.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>A page that asks and waits until it is left.</summary>
public abstract class PortalPage : ComponentBase, IDisposable
{
    private readonly Lifetime _gone = new();

    protected PortalPage() => Gone = _gone.Token;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    /// <summary>Ends when the page is left. It may be asked after that.</summary>
    protected CancellationToken Gone { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _gone.Dispose();
    }
}
