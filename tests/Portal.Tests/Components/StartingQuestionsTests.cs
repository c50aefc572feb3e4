using System.Text.RegularExpressions;
using KubeLens.Portal.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

public sealed class StartingQuestionsTests(PortalFixture portal)
{
    [Fact]
    public async Task Questions_OnDemoData_AreOneClickFromTheirAnswers()
    {
        await using var demo = await StartDemoAsync();
        await using var window = await SignInAsync(demo);
        var questions = window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Questions to start with" });

        foreach (var (question, answer) in DemoQuestions.All)
        {
            await questions.GetByText(question).ClickAsync();
            await window.Page.ReachesAsync($"{demo.Address}{answer}");
            await Assertions.Expect(questions.Locator("[aria-current]")).ToHaveTextAsync(question);
            await Assertions.Expect(window.Query).ToHaveValueAsync(answer.Query); // it follows a moment later
        }

        await window.SearchAsync("verb:get");
        await Assertions.Expect(questions).ToHaveCountAsync(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Questions_Shown_AreAccessibleAndFitASmallPhone(ColorScheme theme)
    {
        await using var demo = await StartDemoAsync();
        await using var window = await SignInAsync(demo, new() { ColorScheme = theme, ViewportSize = new() { Width = 320, Height = 700 } });
        await window.Page.GotoAsync($"{demo.Address}{DemoQuestions.All[0].Answer}");
        await window.Page.Locator(".questions [aria-current]").WaitForAsync();
        await window.StateAsync("empty-filtered");
        await Assertions.Expect(window.Page).ToHaveTitleAsync(new Regex("payments-api"));

        (await window.Page.ViolationsAsync()).ShouldBeEmpty();
        (await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
    }

    [Fact]
    public async Task Questions_OnRealData_AreNotThere()
    {
        await using var window = await portal.SignInAsync(Script());
        await window.StateAsync("ready");

        await Assertions.Expect(window.Page.Locator(".questions")).ToHaveCountAsync(0);
    }

    private static StoreScript Script() => new() { Calls = SampleCalls.Make(5, TimeProvider.System.GetUtcNow()) };

    private Task<PortalProcess> StartDemoAsync() =>
        PortalProcess.StartAsync(portal.Home, new Dictionary<string, string>(portal.Settings(portal.Store.Address)) { ["Portal:Demo"] = "true" });

    private async Task<PortalWindow> SignInAsync(PortalProcess demo, BrowserNewContextOptions? options = null)
    {
        var window = await portal.OpenAsync(options);
        await window.Page.GotoAsync($"{demo.Address}/login?code={portal.Store.NewLogin(Script())}");
        await window.StateAsync("ready");
        return window;
    }
}
