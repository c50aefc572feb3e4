using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Components;

/// <summary>What can be taken of a call to elsewhere.</summary>
public sealed class CallCopyTests(PortalFixture portal)
{
    private static CallDetails Call() => SampleCalls.One(2, TimeProvider.System.GetUtcNow().AddMinutes(-1));

    [Fact]
    public async Task Permalink_Copied_IsTheCallsAddress()
    {
        var call = Call();
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call] });
        await window.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.StateAsync("ready");
        await window.Rows.First.ClickAsync();
        await window.Drawer.Locator(".facts").WaitForAsync();
        await window.Drawer.GetByLabel("Copy the permalink").ClickAsync();
        await window.Page.GetByText("Copied").WaitForAsync();
        (await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe($"{portal.Address}/calls/{call.Id}");
    }

    [Fact]
    public async Task CopyMenu_OpenedByItsKey_CopiesCommandsAndTheAuditEvent()
    {
        var call = SampleCalls.One(0, TimeProvider.System.GetUtcNow().AddSeconds(-5));
        var asked = "";
        var script = new StoreScript
        {
            Calls = [call],
            OnExport = context =>
            {
                asked = context.Request.QueryString.Value!;
                return context.Response.WriteAsync("{\"kind\":\"Event\"}\n", TestContext.Current.CancellationToken);
            },
        };
        await using var window = await portal.SignInAsync(script);
        await window.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.StateAsync("ready");
        await window.Rows.First.ClickAsync();
        await window.Drawer.Locator(".facts").WaitForAsync();

        (await CopiedAsync("kubectl command")).ShouldBe("kubectl get pods -n prod -l app=web");
        (await CopiedAsync("curl command")).ShouldContain("-H \"Authorization: Bearer $TOKEN\"");
        (await CopiedAsync("Kubernetes audit event")).ShouldBe("{\"kind\":\"Event\"}");
        asked.ShouldStartWith($"?q=call%3A{call.Id}&from=");
        asked.ShouldEndWith("&format=audit");
        (await CopiedAsync("Permalink")).ShouldBe($"{portal.Address}/calls/{call.Id}");
        window.Complaints.ShouldBeEmpty();

        async Task<string> CopiedAsync(string item)
        {
            await window.Page.EvaluateAsync("navigator.clipboard.writeText('')");
            await window.Drawer.Locator("[data-call-title]").FocusAsync();
            await window.Page.Keyboard.PressAsync("c");
            await window.Page.GetByText(item, new() { Exact = true }).ClickAsync();
            var copied = "";
            await Eventually.Async(async () => (copied = await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).Length > 0, TestContext.Current.CancellationToken);
            return copied;
        }
    }
}
