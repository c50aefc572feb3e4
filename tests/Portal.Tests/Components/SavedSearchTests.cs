using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>Searches that people keep.</summary>
public sealed class SavedSearchTests(PortalFixture portal)
{
    private static StoreScript Script() => new() { Calls = SampleCalls.Make(6, TimeProvider.System.GetUtcNow()) };

    private static ILocator Dialog(PortalWindow window) => window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Saved searches" });

    [Fact]
    public async Task Search_Saved_IsInTheListAndLeadsBack()
    {
        var script = Script();
        await using var window = await OpenAsync(script, "/search?q=verb%3Adelete&from=now-2h&to=now");
        await Assertions.Expect(Dialog(window)).ToContainTextAsync("None is saved yet.");
        await Dialog(window).GetByLabel("Name of this search").FillAsync("who deletes");
        await Dialog(window).GetByLabel("Everybody sees it").CheckAsync();
        await Dialog(window).GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Assertions.Expect(Dialog(window).GetByRole(AriaRole.Link)).ToContainTextAsync("who deletes");
        await Assertions.Expect(Dialog(window).GetByRole(AriaRole.Link)).ToContainTextAsync("shared by you");
        script.Saved.Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(item => (item.Query, item.From, item.To, item.IsShared).ShouldBe(("verb:delete", "now-2h", "now", true)));

        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Dialog(window)).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator("#saved-searches")).ToBeFocusedAsync();
        await window.SearchAsync("verb:get");
        await window.Page.Locator("#saved-searches").ClickAsync();
        await Dialog(window).GetByRole(AriaRole.Link).ClickAsync();
        await window.Page.ReachesAsync("**/search?q=verb%3Adelete&from=now-2h&to=now");
        await Assertions.Expect(Dialog(window)).ToHaveCountAsync(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_HasOnesOwnToDelete_AndWhatOthersShareToUse()
    {
        var script = Script();
        script.Saved.Items.AddRange([SavedSearchScript.Item("mine", "user:\"a b\" <i>"), SavedSearchScript.Item("theirs", "verb:list", "bob", isShared: true)]);
        await using var window = await OpenAsync(script);

        await Assertions.Expect(Dialog(window).GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await Assertions.Expect(Dialog(window).GetByText("user:\"a b\" <i> · now-7d → now")).ToBeVisibleAsync();
        await Assertions.Expect(Dialog(window).GetByText("shared by bob")).ToBeVisibleAsync();
        await Assertions.Expect(Dialog(window).GetByLabel("Delete theirs")).ToHaveCountAsync(0);
        await Dialog(window).GetByLabel("Name of this search").FillAsync("mine");
        await Dialog(window).GetByLabel("Everybody sees it").FocusAsync();
        await Assertions.Expect(Dialog(window).GetByRole(AriaRole.Button, new() { Name = "Replace" })).ToBeVisibleAsync();
        await Dialog(window).GetByLabel("Delete mine").ClickAsync();

        await Assertions.Expect(Dialog(window).GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        script.Saved.Items.ShouldHaveSingleItem().Name.ShouldBe("theirs");
    }

    [Theory]
    [InlineData("", "Give it a name.")]
    [InlineData("one too many", "You keep 200 searches, as many as there may be: delete one first.")]
    [InlineData(null, "name: expected one line of 1 to 100 characters.")]
    public async Task Name_ThatCannotBe_IsSaidWhy(string? name, string why)
    {
        await using var window = await OpenAsync(Script());
        await Dialog(window).GetByLabel("Name of this search").FillAsync(name ?? new string('x', 101));
        await Dialog(window).GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(Dialog(window)).ToContainTextAsync(why);
    }

    [Fact]
    public async Task Store_Fails_IsSaidAndTheResultsStay()
    {
        var script = Script();
        script.Saved.OnList = () => Results.StatusCode(500);
        await using var window = await OpenAsync(script);
        await Assertions.Expect(Dialog(window).GetByRole(AriaRole.Alert)).ToContainTextAsync("The Store answered with status 500.");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(6);
    }

    private async Task<PortalWindow> OpenAsync(StoreScript script, string path = "/search?q=&from=now-1h&to=now")
    {
        var window = await portal.SignInAsync(script, path);
        await window.StateAsync("ready");
        await window.Page.Locator("#saved-searches").ClickAsync();
        await Dialog(window).WaitForAsync();
        await Assertions.Expect(Dialog(window).Locator("[data-state=loading]")).ToHaveCountAsync(0);
        return window;
    }
}
