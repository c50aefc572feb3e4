using System.Text;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.EndToEnd.Tests;

/// <summary>The portal in front of the whole system: from the login link to a call's body.</summary>
public sealed class PortalTests(SharedSystem shared, Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task LoginLink_ThenSearch_OpensACallAndReadsItsBody(ColorScheme theme)
    {
        var system = await shared.DemoAsync(Cancel);
        var name = $"portal-{Guid.NewGuid():N}"[..14];
        using var client = GatewayClient.From(system.Kubeconfig);
        using var made = new StringContent($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","annotations":{"team":"payments"}},"data":{"mode":"live"}}""", Encoding.UTF8, "application/json");
        (await client.PostAsync("/api/v1/namespaces/default/configmaps", made, Cancel)).EnsureSuccessStatusCode();
        (await client.DeleteAsync($"/api/v1/namespaces/default/configmaps/{name}", Cancel)).EnsureSuccessStatusCode();
        await system.Api.FindAsync($"verb:delete name:{name}", Cancel);

        await using var window = await browser.NewPageAsync(Cancel, theme, 1440, 900);
        var page = window.Page;
        await page.GotoAsync(await system.FreshLoginLinkAsync(Cancel));
        await page.Locator("[data-state=ready]").First.WaitForAsync();
        await Screenshots.TakeAsync(page, $"search-{theme}");

        await page.GetByLabel("Query", new() { Exact = true }).FillAsync($"verb:create name:{name}");
        await page.Keyboard.PressAsync("Enter");
        await page.ReachesAsync($"**{name}**");
        await page.Locator("[role=grid] [role=row]", new() { HasText = name }).Filter(new() { HasText = "create" }).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Request" }).ClickAsync();
        await Assertions.Expect(page.GetByText("payments")).ToBeVisibleAsync();
        (await page.Locator("main").GetByText("live", new() { Exact = false }).CountAsync()).ShouldBe(0, "a ConfigMap's value");
        await Screenshots.TakeAsync(page, $"call-{theme}");
        window.Errors.ShouldBeEmpty();
    }
}
