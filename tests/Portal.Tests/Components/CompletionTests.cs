using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class CompletionTests(PortalFixture portal)
{
    [Fact]
    public async Task Options_ChosenByKeys_WriteTheQueryAndNothingElse()
    {
        await using var window = await OpenAsync(new StoreScript { Calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow()) });
        await window.Page.Keyboard.TypeAsync("namesp");
        await Assertions.Expect(Options(window)).ToHaveTextAsync(["ns:the namespace"]);
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await window.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(window.Query).ToHaveValueAsync("ns:");
        // Values with how many calls have them, the most frequent first.
        await Assertions.Expect(Options(window).First).ToHaveTextAsync("prod16");
        await window.Page.Keyboard.TypeAsync("kube");
        await Assertions.Expect(Options(window)).ToHaveTextAsync(["kube-system2"]);
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(window.Query).ToHaveAttributeAsync("aria-activedescendant", "query-option-0");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Query).ToHaveValueAsync("ns:kube-system ");
        // Between words nothing comes unasked, however long one waits.
        await Task.Delay(400, TestContext.Current.CancellationToken);
        await Assertions.Expect(window.Page.Locator("#query-options")).ToBeHiddenAsync();
        await window.Page.Keyboard.PressAsync("Control+ ");
        await Assertions.Expect(Options(window)).ToHaveCountAsync(8);
        await window.Page.Keyboard.PressAsync("Escape");
        // Nothing was searched yet; now it is.
        (await window.Rows.CountAsync()).ShouldBe(26);
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);
        // Last, because axe ends its work in a window of its own, which may take the focus and with it the options.
        await window.Query.FocusAsync();
        await window.Page.Keyboard.PressAsync("Control+ ");
        await Assertions.Expect(Options(window)).ToHaveCountAsync(8);
        (await window.Page.ViolationsAsync()).ShouldBeEmpty();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Options_OfAQueryThatIsThereAlready_AreNotShown()
    {
        await using var window = await portal.SignInAsync(new StoreScript { Calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow()) }, "/search?q=verb:(get,list)");
        await window.StateAsync("ready");
        await Assertions.Expect(window.Query).ToBeFocusedAsync();
        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        await Assertions.Expect(window.Page.Locator("#query-options")).ToBeHiddenAsync();
        await window.Rows.First.ClickAsync();
        await Assertions.Expect(window.Drawer).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Options_Clicked_AreWrittenIntoTheMiddle()
    {
        await using var window = await OpenAsync(new StoreScript { Calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow()) });
        await window.Query.FillAsync("verb:(get,) ns:prod");
        await window.Page.EvaluateAsync("document.getElementById('query').setSelectionRange(10, 10)");
        await window.Page.Keyboard.PressAsync("Control+ ");
        await Options(window).Filter(new() { HasText = "list" }).ClickAsync();
        await Assertions.Expect(window.Query).ToHaveValueAsync("verb:(get,list) ns:prod");
        await Assertions.Expect(window.Query).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Options_AnswerComesTooLate_AreNotShown()
    {
        var slow = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        var script = new StoreScript { Calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow()) };
        await using var window = await OpenAsync(script);
        script.OnFacets = async _ =>
        {
            asked.TrySetResult();
            await slow.Task;
            return null;
        };
        await window.Page.Keyboard.TypeAsync("user:");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await window.Query.FillAsync("cla");
        slow.SetResult();
        await Assertions.Expect(Options(window).First).ToHaveTextAsync("class:the risk class of the verb");
        await Assertions.Expect(Options(window).Filter(new() { HasText = "alice" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Options_StoreFails_WritingGoesOn()
    {
        var script = new StoreScript { Calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow()) };
        await using var window = await OpenAsync(script);
        script.OnFacets = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        await window.Page.Keyboard.TypeAsync("user:bob");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.ReachesAsync("**/search?q=user%3Abob&**");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(4);
        await Assertions.Expect(window.Page.Locator("#query-options")).ToBeHiddenAsync();
    }

    private async Task<PortalWindow> OpenAsync(StoreScript script)
    {
        var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");
        // The page begins in the field, once it is alive.
        await window.Query.FocusAsync();
        return window;
    }

    private static ILocator Options(PortalWindow window) => window.Page.Locator("#query-options li");
}
