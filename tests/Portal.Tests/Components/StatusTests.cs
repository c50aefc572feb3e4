using KubeLens.Portal.Tests.Accessibility;
using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class StatusTests(PortalFixture portal)
{
    [Fact]
    public async Task Parts_TellWhatIsKnown_AndWhatIsNot()
    {
        await using var window = await portal.SignInAsync(new StoreScript(), "/status");
        await StateAsync(window, "ready");
        ILocator Part(string name) => window.Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });
        await Assertions.Expect(Part("Ingest")).ToContainTextAsync("failing");
        await Assertions.Expect(Part("Ingest")).ToContainTextAsync("the connection was <b>refused</b>");
        await Assertions.Expect(Part("Ingest")).ToContainTextAsync("not known");
        await Assertions.Expect(Part("Ingest")).ToContainTextAsync("1,204,881");
        await Assertions.Expect(Part("Gateways")).ToContainTextAsync("does not say whether it lives");
        await Assertions.Expect(Part("Gateways")).ToContainTextAsync("Not heard of any more: gw-2.");
        await Assertions.Expect(Part("Audit events")).ToContainTextAsync("unknown");
        await Assertions.Expect(Part("Audit events").Locator("dd")).ToHaveCountAsync(0);
        await Assertions.Expect(Part("Space")).ToContainTextAsync("4.5 GiB");
        await Assertions.Expect(Part("Retention")).ToContainTextAsync("60 days");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Status_ThatDoesNotCome_IsAskedForAgain()
    {
        var script = new StoreScript();
        var answer = script.OnStatus;
        script.OnStatus = () => Results.StatusCode(503);
        await using var window = await portal.SignInAsync(script, "/status");
        await StateAsync(window, "error");
        script.OnStatus = answer;
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await StateAsync(window, "ready");
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Page_EachState_HasNoViolations(string theme)
    {
        var script = new StoreScript { Calls = SampleCalls.Make(3, TimeProvider.System.GetUtcNow()) };
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, script);
        await window.Page.GotoAsync("/status");
        await StateAsync(window, "ready");
        await window.CheckAsync("status");
        script.OnStatus = () => Results.StatusCode(503);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Read again" }).ClickAsync();
        await StateAsync(window, "error");
        await window.CheckAsync("status, error");
    }

    [Fact]
    public async Task Page_At320Pixels_DoesNotScrollSideways()
    {
        await using var window = await portal.SignInAsync(new StoreScript(), "/status", new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await StateAsync(window, "ready");
        (await window.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main > *').scrollWidth)")).ShouldBeLessThanOrEqualTo(320);
    }

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".health[data-state={state}]").WaitForAsync();
}
