using KubeLens.Contracts.Access;
using KubeLens.Portal.Tests.Accessibility;
using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>The page of API tokens.</summary>
public sealed class TokensTests(PortalFixture portal)
{
    private static ILocator Button(PortalWindow window, string name) => window.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Row(PortalWindow window, string name) => window.Page.Locator("tbody tr", new() { HasText = name });

    [Fact]
    public async Task Token_Made_IsShownThisOnce()
    {
        var script = new StoreScript { Role = "admin" };
        await using var window = await OpenAsync(script, "empty-none");
        await Button(window, "Make a token").ClickAsync();
        await Assertions.Expect(window.Page.GetByLabel("Name")).ToBeFocusedAsync();
        await window.Page.GetByLabel("Ends").FillAsync("some day");
        await Button(window, "Make the token").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".token-form")).ToContainTextAsync("expected what the token is for");
        await Assertions.Expect(window.Page.Locator(".token-form")).ToContainTextAsync("\"some day\" is no time");
        await window.Page.GetByLabel("Name").FillAsync("nightly report");
        await window.Page.GetByLabel("Ends").FillAsync("now+90d");
        await window.Page.GetByLabel("auditor: reads bodies as well").CheckAsync();
        await window.Page.GetByLabel("Only cluster").FillAsync("prod");
        await Button(window, "Make the token").ClickAsync();

        await Assertions.Expect(window.Page.Locator(".secret code")).ToHaveTextAsync(TokenScript.Secret);
        await Assertions.Expect(window.Page.Locator("#made")).ToBeFocusedAsync();
        await Assertions.Expect(Row(window, "nightly report")).ToContainTextAsync("auditor");
        await Assertions.Expect(Row(window, "nightly report")).ToContainTextAsync("never");
        await Assertions.Expect(Row(window, "nightly report")).ToContainTextAsync("prod");
        script.Tokens.Wanted.ShouldBe(new ApiTokenRequest("nightly report", "auditor", "now+90d", "prod"));
        await Button(window, "I have it").ClickAsync();
        await Assertions.Expect(window.Page.GetByText(TokenScript.Secret)).ToHaveCountAsync(0);
        await Assertions.Expect(Button(window, "Make a token")).ToBeFocusedAsync();
        await window.Page.ReloadAsync();
        await StateAsync(window, "ready");
        (await window.Page.ContentAsync()).ShouldNotContain(TokenScript.Secret);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_LeastRole_IsTheOneThatIsOffered()
    {
        await using var window = await OpenAsync(new StoreScript { Role = "admin" }, "empty-none");
        await Button(window, "Make a token").ClickAsync();
        await Assertions.Expect(window.Page.GetByLabel("viewer: finds calls")).ToBeCheckedAsync();
        await Button(window, "Cancel").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".token-form")).ToHaveCountAsync(0);
        await Assertions.Expect(Button(window, "Make a token")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Token_Revoked_IsSoOnceThatIsSure()
    {
        var script = new StoreScript { Role = "admin" };
        script.Tokens.Items.AddRange([TokenScript.Item(4, "ci"), TokenScript.Item(3, "former", days: -1), TokenScript.Item(2, "leaked", revokedBy: "bob (session 5e4d3c2b)"), TokenScript.Item(1, "<b>bold</b>", "admin")]);
        await using var window = await OpenAsync(script, "ready");
        await Assertions.Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(Row(window, "<b>bold</b>")).ToContainTextAsync("admin");
        await Button(window, "Revoke ci").ClickAsync();
        var sure = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Revoke ci?" });
        await sure.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Assertions.Expect(sure).ToHaveCountAsync(0);
        await Assertions.Expect(Button(window, "Revoke ci")).ToBeFocusedAsync();
        script.Tokens.Items[0].RevokedBy.ShouldBeNull();
        await window.Page.Keyboard.PressAsync("Enter");
        await sure.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(1);

        await Button(window, "All (4)").ClickAsync();
        await Assertions.Expect(Row(window, "ci")).ToContainTextAsync("by alice (session 9a8b7c6d)");
        await Assertions.Expect(Row(window, "former").Locator(".chip")).ToContainTextAsync("over");
        await Assertions.Expect(Row(window, "leaked").Locator(".chip")).ToContainTextAsync("revoked");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Revoke ") })).ToHaveCountAsync(1);
        await Assertions.Expect(Row(window, "ci").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "/access-records?from=now-7d&to=now&who=API%20token%204%20%28ci%29");
        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("viewer", false)]
    [InlineData("auditor", false)]
    [InlineData("admin", true)]
    public async Task Pages_OfAdmins_AreForThemAlone(string role, bool isAdmin)
    {
        await using var window = await portal.SignInAsync(new StoreScript { Role = role }, "/tokens");
        await StateAsync(window, isAdmin ? "empty-none" : "empty-filtered");
        foreach (var link in new[] { "Tokens", "Readers" })
        {
            await Assertions.Expect(window.Page.Locator(".rail a", new() { HasTextString = link })).ToHaveCountAsync(isAdmin ? 1 : 0);
        }

        await window.Page.GotoAsync("/access-records");
        await window.Page.Locator(".records[data-state=empty-filtered]").WaitForAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = isAdmin ? "Nobody read anything" : "Not for your role" })).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.Locator(".filter")).ToHaveCountAsync(isAdmin ? 1 : 0);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Page_EachState_HasNoViolations(string theme)
    {
        var script = new StoreScript { Role = "admin", Calls = SampleCalls.Make(1, TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, script);
        await window.Page.GotoAsync("/tokens");
        await StateAsync(window, "empty-none");
        await window.CheckAsync("tokens, none");
        await Button(window, "Make a token").ClickAsync();
        await Button(window, "Make the token").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".token-form")).ToContainTextAsync("expected what the token is for");
        await window.CheckAsync("tokens, making one");
        await window.Page.GetByLabel("Name").FillAsync("nightly report");
        await Button(window, "Make the token").ClickAsync();
        await window.Page.Locator(".secret").WaitForAsync();
        await window.CheckAsync("tokens, made");
        script.Tokens.Items.Add(TokenScript.Item(7, "leaked", revokedBy: "bob (session 5e4d3c2b)"));
        await window.Page.ReloadAsync();
        await StateAsync(window, "ready");
        await Button(window, "All (2)").ClickAsync();
        await window.CheckAsync("tokens, all");
        await Button(window, "Revoke nightly report").ClickAsync();
        await window.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await window.CheckAsync("tokens, revoking");
        script.Tokens.OnList = () => Results.StatusCode(500);
        await window.Page.ReloadAsync();
        await StateAsync(window, "error");
        await window.CheckAsync("tokens, error");
    }

    [Fact]
    public async Task Page_At320Pixels_DoesNotScrollSideways()
    {
        var script = new StoreScript { Role = "admin" };
        script.Tokens.Items.Add(TokenScript.Item(1, new string('x', 100)));
        await using var window = await portal.SignInAsync(script, "/tokens", new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await StateAsync(window, "ready");
        await Button(window, "Make a token").ClickAsync();
        await window.Page.GetByLabel("Name").FillAsync("x");
        await Button(window, "Make the token").ClickAsync();
        await window.Page.Locator(".secret").WaitForAsync();
        (await window.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main > *').scrollWidth)")).ShouldBeLessThanOrEqualTo(320);
    }

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".tokens[data-state={state}]").WaitForAsync();

    private async Task<PortalWindow> OpenAsync(StoreScript script, string state)
    {
        var window = await portal.SignInAsync(script, "/tokens");
        await StateAsync(window, state);
        return window;
    }
}
