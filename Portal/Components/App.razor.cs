using KubeLens.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace KubeLens.Portal.Components;

/// <summary>The document. The theme is on it from its first byte, so no wrong one ever flashes.</summary>
public sealed partial class App
{
    private string _theme = ThemeChoice.System;
    private IComponentRenderMode? _mode;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    protected override void OnInitialized()
    {
        _theme = ThemeChoice.Of(Context.Request.Query["theme"], Context.Request.Cookies[ThemeChoice.Cookie]);
        // The sign-in page stays plain: without a session there is no circuit.
        _mode = Context.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
    }
}
