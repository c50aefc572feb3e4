using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.EndToEnd.Tests;

/// <summary>The portal in front of the whole system: from the login link to a call's body.</summary>
public sealed class PortalTests(TestCluster cluster, SharedSystem shared, Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task LoginLink_ThenSearch_OpensACallAndReadsItsBody(ColorScheme theme)
    {
        var access = await cluster.RequireAsync(Cancel);
        var system = await shared.RequireAsync(cluster, Cancel);
        var kubectl = access.KubectlWith(system.Kubeconfig);
        var name = $"portal-{Guid.NewGuid():N}"[..14];
        (await kubectl.RunAsync(["create", "-f", "-"], Cancel, $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"default","annotations":{"team":"payments"}},"data":{"mode":"live"}}""")).Require();
        (await kubectl.RunAsync(["get", "configmap,pod,service", "-A"], Cancel)).Require();
        (await kubectl.RunAsync(["delete", "configmap", name], Cancel)).Require();
        await system.Api.FindAsync($"verb:delete name:{name}", Cancel);

        await using var window = await browser.NewPageAsync(Cancel, theme, 1440, 900);
        var page = window.Page;
        await page.GotoAsync(await system.FreshLoginLinkAsync(Cancel));
        await page.Locator("[data-state=ready]").First.WaitForAsync();
        await ShootAsync(page, $"search-{theme}");

        await page.GetByLabel("Query", new() { Exact = true }).FillAsync($"verb:create name:{name}");
        await page.Keyboard.PressAsync("Enter");
        await page.ReachesAsync($"**{name}**");
        await page.Locator("[role=grid] [role=row]", new() { HasText = name }).Filter(new() { HasText = "create" }).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Request" }).ClickAsync();
        await Assertions.Expect(page.GetByText("payments")).ToBeVisibleAsync();
        (await page.GetByText("live", new() { Exact = false }).CountAsync()).ShouldBe(0, "a ConfigMap's value");
        await ShootAsync(page, $"call-{theme}");
        window.Errors.ShouldBeEmpty();
    }

    private static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(KubeLensSystem.RepositoryRoot(), "artifacts", "screenshots", $"{name.ToLowerInvariant()}.png") });
}
