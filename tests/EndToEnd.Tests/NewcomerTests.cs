using System.Text;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.EndToEnd.Tests;

/// <summary>Somebody who has never seen the portal, with a question, the login link, and the name of a pod.</summary>
public sealed class NewcomerTests(SharedSystem shared, Browser browser)
{
    private const int MostInteractions = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoDeletedThisPod_WithWhichCommand_AndWhatDidItLookLike()
    {
        var system = await shared.DemoAsync(Cancel);
        var name = $"newcomer-{Guid.NewGuid():N}"[..17];
        using var client = GatewayClient.From(system.Kubeconfig);
        using var made = new StringContent($$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","labels":{"team":"payments"}},"spec":{"containers":[{"name":"web","image":"registry.example.com/payments:4.2"}]}}""", Encoding.UTF8, "application/json");
        (await client.PostAsync("/api/v1/namespaces/default/pods", made, Cancel)).EnsureSuccessStatusCode();
        using var delete = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/namespaces/default/pods/{name}");
        delete.Headers.UserAgent.ParseAdd("kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9");
        delete.Headers.Add("Kubectl-Command", "kubectl delete");
        (await client.SendAsync(delete, Cancel)).EnsureSuccessStatusCode();
        var user = (await system.Api.FindAsync($"verb:delete -kind:node name:{name}", Cancel)).User;

        await using var window = await browser.NewPageAsync(Cancel, ColorScheme.Light, 1440, 900);
        var page = window.Page;
        var interactions = 0;
        await page.GotoAsync(await system.FreshLoginLinkAsync(Cancel));
        await page.Locator("[data-state=ready]").First.WaitForAsync();

        // The page has the focus where one types.
        await DoAsync(() => page.Keyboard.TypeAsync(name));
        await DoAsync(() => page.Keyboard.PressAsync("Enter"));
        // The node deletes it too, once it has ended.
        await DoAsync(() => page.Locator("[role=grid] [role=row]", new() { HasText = name }).Filter(new() { HasText = "delete", HasNotText = "system:node" }).ClickAsync());
        var call = page.GetByRole(AriaRole.Article);
        await Assertions.Expect(call.Locator(".facts")).ToContainTextAsync(user);
        await Assertions.Expect(call.GetByRole(AriaRole.Tabpanel)).ToContainTextAsync("kubectl delete");
        await DoAsync(() => page.GetByRole(AriaRole.Tab, new() { Name = "Diff" }).ClickAsync());
        await Assertions.Expect(call.Locator(".diff pre")).ToContainTextAsync("image: registry.example.com/payments:4.2");
        await Assertions.Expect(call.Locator(".diff pre")).ToContainTextAsync("team: payments");
        interactions.ShouldBeLessThanOrEqualTo(MostInteractions);
        window.Errors.ShouldBeEmpty();

        async Task DoAsync(Func<Task> interaction)
        {
            interactions++;
            await interaction();
        }
    }
}
