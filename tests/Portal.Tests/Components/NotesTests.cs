using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Accessibility;
using KubeLens.Portal.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>Notes in the details of a call.</summary>
public sealed class NotesTests(PortalFixture portal)
{
    private static StoreScript Script(string role = "viewer") => new() { Calls = SampleCalls.Make(6, TimeProvider.System.GetUtcNow()), Role = role };

    private static ILocator Notes(PortalWindow window) => window.Page.GetByRole(AriaRole.Region, new() { Name = "Notes", Exact = true });

    private static ILocator Button(PortalWindow window, string name) => Notes(window).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [Fact]
    public async Task Note_ByKeysAlone_IsWrittenChangedAndDeleted()
    {
        var script = Script();
        await using var window = await OpenAsync(script, script.Calls[1], "empty-none");
        var keys = window.Page.Keyboard;
        await Assertions.Expect(Notes(window)).ToContainTextAsync("Nobody has written one.");

        await Button(window, "Add a note").FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#note-text")).ToBeFocusedAsync();
        await keys.TypeAsync("incident 1234");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("jk?o are letters here");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await StateAsync(window, "ready");
        await Assertions.Expect(Notes(window).Locator(".who")).ToContainTextAsync("alice");
        await Assertions.Expect(Button(window, "Add a note")).ToBeFocusedAsync();
        script.Notes.Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(item => item.Call.ShouldBe(script.Calls[1].Id), item => item.Note.Text.ShouldBe("incident 1234\njk?o are letters here"));

        await Button(window, "Change your note").FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#note-text")).ToBeFocusedAsync();
        await Assertions.Expect(window.Page.Locator("#note-text")).ToHaveValueAsync("incident 1234\njk?o are letters here");
        await keys.PressAsync("Control+A");
        await keys.TypeAsync("closed");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(Notes(window).Locator(".text")).ToHaveTextAsync("closed");
        await Assertions.Expect(Notes(window).Locator(".who")).ToContainTextAsync("changed");
        await Assertions.Expect(Button(window, "Change your note")).ToBeFocusedAsync();

        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(Button(window, "Delete it")).ToBeFocusedAsync();
        script.Notes.Items.ShouldHaveSingleItem();
        await keys.PressAsync("Enter");
        await StateAsync(window, "empty-none");
        script.Notes.Items.ShouldBeEmpty();
        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("viewer", false)]
    [InlineData("admin", true)]
    public async Task NoteOfAnother_IsThereToRead_AndToDeleteForAnAdmin(string role, bool mayDelete)
    {
        var script = Script(role);
        script.Notes.Add(script.Calls[1].Id, "theirs", "bob");
        script.Notes.Add(script.Calls[1].Id, "mine");
        script.Notes.Add(script.Calls[2].Id, "on another call");
        await using var window = await OpenAsync(script, script.Calls[1], "ready");

        await Assertions.Expect(Notes(window).Locator(".text")).ToHaveTextAsync(["theirs", "mine"]);
        await Assertions.Expect(Button(window, "Change your note")).ToHaveCountAsync(1);
        await Assertions.Expect(Button(window, "Delete the note of bob")).ToHaveCountAsync(mayDelete ? 1 : 0);
        if (mayDelete)
        {
            await Button(window, "Delete the note of bob").ClickAsync();
            await Button(window, "Keep it").ClickAsync();
            script.Notes.Items.Count.ShouldBe(3);
            await Button(window, "Delete the note of bob").ClickAsync();
            await Button(window, "Delete it").ClickAsync();
            await Assertions.Expect(Notes(window).Locator(".text")).ToHaveTextAsync(["mine"]);
        }

        await window.Page.GotoAsync($"/search?sel={script.Calls[2].Id}");
        await Assertions.Expect(Notes(window).Locator(".text")).ToHaveTextAsync(["on another call"]);
        await window.Page.Locator("aside.drawer").GetByLabel("Next call").ClickAsync();
        await StateAsync(window, "empty-none");
    }

    [Fact]
    public async Task Text_ThatIsMarkupOrHidden_IsShownAsItIs()
    {
        var script = Script();
        script.Notes.Add(script.Calls[1].Id, "<img src=x onerror=alert(1)>\n<b>bold</b> \u202Eevil", "<i>bob</i>");
        await using var window = await OpenAsync(script, script.Calls[1], "ready");

        await Assertions.Expect(Notes(window).Locator(".text")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Assertions.Expect(Notes(window).Locator(".who")).ToContainTextAsync("<i>bob</i>");
        await Assertions.Expect(Notes(window).Locator("img, b, i")).ToHaveCountAsync(0);
        await Assertions.Expect(Notes(window).Locator(".text .ctl")).ToHaveCountAsync(1);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_ThatFails_IsSaid_AndNothingWrittenIsLost()
    {
        var script = Script();
        script.Notes.OnList = () => Results.StatusCode(500);
        await using var window = await OpenAsync(script, script.Calls[1], "error");
        await Assertions.Expect(Notes(window).GetByRole(AriaRole.Alert)).ToContainTextAsync("The Store answered with status 500.");
        await Assertions.Expect(window.Page.Locator(".overview")).ToBeVisibleAsync();
        script.Notes.OnList = () => null;
        await Button(window, "Read the notes again").ClickAsync();
        await StateAsync(window, "empty-none");

        await Button(window, "Add a note").ClickAsync();
        await window.Page.FillAsync("#note-text", "long thought of");
        foreach (var (answer, why) in new (IResult, string)[]
        {
            (NoteScript.Refused("text: expected 1 to 2000 characters, and there are 0."), "text: expected 1 to 2000 characters"),
            (Results.Problem("There are 100 notes on the call, as many as there may be: delete or change one.", statusCode: 409), "There are 100 notes on the call"),
            (Results.Problem("Calls are being dropped or purged, and no note can be written meanwhile.", statusCode: 503), "no note can be written meanwhile"),
        })
        {
            script.Notes.OnSave = () => answer;
            await Button(window, "Save").ClickAsync();
            await Assertions.Expect(Notes(window).GetByRole(AriaRole.Alert)).ToContainTextAsync(why);
            await Assertions.Expect(window.Page.Locator("#note-text")).ToHaveValueAsync("long thought of");
        }

        script.Notes.OnSave = () => null;
        await Button(window, "Save").ClickAsync();
        await Assertions.Expect(Notes(window).Locator(".text")).ToHaveTextAsync(["long thought of"]);
    }

    [Fact]
    public async Task Call_ThatRunsOrHasGone_TakesNone()
    {
        var script = Script();
        script.Calls[1] = script.Calls[1] with { InFlight = true };
        script.Notes.OnList = () => Results.NotFound();
        await using var window = await OpenAsync(script, script.Calls[1], "empty-filtered");
        await Assertions.Expect(Notes(window)).ToContainTextAsync("Notes can be written when it has ended.");
        await Assertions.Expect(Button(window, "Add a note")).ToHaveCountAsync(0);
        await window.Page.GotoAsync($"/calls/{script.Calls[2].Id}");
        await StateAsync(window, "empty-filtered");
        await Assertions.Expect(Notes(window)).ToContainTextAsync("The call is not kept any more.");
        await Assertions.Expect(Button(window, "Add a note")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Notes_EachState_HaveNoViolations(string theme)
    {
        var script = Script("admin");
        await using var window = await portal.OpenAsync(theme);
        await window.SignInAsync(portal, script);
        await window.Page.GotoAsync($"/calls/{script.Calls[1].Id}");
        await StateAsync(window, "empty-none");
        await window.CheckAsync("no notes");
        await Button(window, "Add a note").ClickAsync();
        script.Notes.OnSave = () => NoteScript.Refused("text: expected 1 to 2000 characters, and there are 0.");
        await Button(window, "Save").ClickAsync();
        await Notes(window).GetByRole(AriaRole.Alert).WaitForAsync();
        await window.CheckAsync("new note, refused");
        script.Notes.Add(script.Calls[2].Id, "mine");
        script.Notes.Add(script.Calls[2].Id, new string('x', 400), "bob");
        await window.Page.GotoAsync($"/search?sel={script.Calls[2].Id}");
        await StateAsync(window, "ready");
        await window.CheckAsync("notes in the drawer");
        await Button(window, "Delete your note").ClickAsync();
        await Button(window, "Delete it").WaitForAsync();
        await window.CheckAsync("delete?");
        script.Notes.OnList = () => Results.StatusCode(500);
        await window.Page.GotoAsync($"/calls/{script.Calls[2].Id}");
        await StateAsync(window, "error");
        await window.CheckAsync("notes, error");
    }

    [Fact]
    public async Task Notes_At320Pixels_DoNotScrollSideways()
    {
        var script = Script();
        script.Notes.Add(script.Calls[1].Id, new string('x', 400), "bob");
        script.Notes.Add(script.Calls[1].Id, "mine");
        await using var window = await portal.SignInAsync(script, $"/calls/{script.Calls[1].Id}", new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await StateAsync(window, "ready");
        await Button(window, "Add a note").ClickAsync();
        await window.Page.Locator("#note-text").WaitForAsync();
        (await window.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main > *').scrollWidth)")).ShouldBeLessThanOrEqualTo(320);
    }

    private async Task<PortalWindow> OpenAsync(StoreScript script, CallDetails call, string state)
    {
        var window = await portal.SignInAsync(script, $"/calls/{call.Id}");
        await StateAsync(window, state);
        return window;
    }

    private static Task StateAsync(PortalWindow window, string state) => window.Page.Locator($".call-notes[data-state={state}]").WaitForAsync();
}
