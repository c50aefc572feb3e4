using KubeLens.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace KubeLens.Portal.Components;

/// <summary>The document. What the reader chose is on it from its first byte, so nothing wrong ever flashes.</summary>
public sealed partial class App
{
    private PageChoices _choices = PageChoices.None;
    private IComponentRenderMode? _mode;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    protected override void OnInitialized()
    {
        _choices = PageChoices.Of(Context.Request.Cookies, Context.Request.Query["theme"]);
        // The sign-in page stays plain: without a session there is no circuit.
        _mode = Context.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
    }
}
