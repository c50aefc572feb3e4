using KubeLens.Portal.Tests.Fixtures;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Accessibility;

/// <summary>A window in one theme whose pages axe looks at, one state after another.</summary>
internal static class ThemedWindow
{
    /// <param name="portal">Of the tests.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>.</param>
    public static Task<PortalWindow> OpenAsync(this PortalFixture portal, string theme)
        => portal.OpenAsync(new() { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });

    /// <summary>Signs in, and waits for the first calls.</summary>
    public static async Task SignInAsync(this PortalWindow window, PortalFixture portal, StoreScript script)
    {
        await window.Page.GotoAsync($"/login?code={portal.Store.NewLogin(script)}");
        await window.StateAsync("ready");
    }

    /// <summary>Waits for the counts beside the rows.</summary>
    public static async Task CountedAsync(this PortalWindow window)
    {
        await window.Page.Locator(".facets[data-state=ready]").WaitForAsync();
        await window.Page.Locator(".histogram[data-state=ready]").WaitForAsync();
    }

    /// <summary>Holds axe to no violation in this state.</summary>
    public static async Task CheckAsync(this PortalWindow window, string state) => (await window.Page.ViolationsAsync()).ShouldBeEmpty(state);

    /// <summary>Holds the browser to no complaint but of pages that are not there.</summary>
    public static void ShouldNotComplain(this PortalWindow window)
        => window.Complaints.Where(complaint => !complaint.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
}
