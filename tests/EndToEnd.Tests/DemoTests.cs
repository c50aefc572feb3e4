using System.Globalization;
using System.Text.RegularExpressions;
using KubeLens.Contracts.Search;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.EndToEnd.Tests;

/// <summary>What somebody without a cluster sees: a history worth searching, and one click to each of its stories.</summary>
public sealed class DemoTests(SharedSystem shared, Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Questions_ClickedInThePortal_ShowTheirAnswers(ColorScheme theme)
    {
        var system = await shared.DemoAsync(Cancel);
        await using var window = await browser.NewPageAsync(Cancel, theme, 1440, 900);
        var page = window.Page;
        await page.GotoAsync(await system.FreshLoginLinkAsync(Cancel));
        await page.Locator("[data-state=ready]").First.WaitForAsync();
        foreach (var (question, rows) in new (string, string[])[]
        {
            ("Who deleted payments-api?", ["delete deployments shop payments-api dave@example.com"]),
            ("What changed before the crash loop?", ["patch configmaps shop checkout-config bob@example.com", "patch deployments shop checkout bob@example.com", "patch configmaps shop checkout-config carol@example.com"]),
            ("Who reads secrets?", ["get secrets shop orders-db system:serviceaccount:platform:report-exporter", "list secrets shop mallory@example.com"]),
            ("Which client lists everything?", ["list pods system:serviceaccount:platform:inventory-sync"]),
            ("What did the night shell do?", ["get pods/exec shop payments-api- mallory@example.com", "get secrets shop card-processor system:serviceaccount:shop:payments-api"]),
        })
        {
            await page.GetByText(question).ClickAsync();
            await Assertions.Expect(page.Locator(".questions [aria-current]")).ToHaveTextAsync(question);
            foreach (var row in rows)
            {
                var words = row.Split(' ').Select(Regex.Escape);
                await Assertions.Expect(page.Locator("[role=grid] [role=row]").Filter(new() { HasTextRegex = new Regex(string.Join(".*", words), RegexOptions.Singleline) }).First).ToBeVisibleAsync();
            }
        }

        // The README's pictures are these.
        await page.GetByText("What changed before the crash loop?").ClickAsync();
        await page.Locator("[role=grid] [role=row]").Filter(new() { HasText = "bob@example.com" }).Filter(new() { HasText = "checkout-config" }).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Request" }).ClickAsync();
        await Assertions.Expect(page.Locator("aside .text")).ToContainTextAsync("DATABASE_HOST");
        await Screenshots.TakeAsync(page, $"demo-call-{theme}");
        await page.GetByText("Who reads secrets?").ClickAsync();
        await Assertions.Expect(page.Locator("[role=grid] [role=row]").Filter(new() { HasText = "mallory" }).First).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, $"demo-search-{theme}");
        await page.GotoAsync(new Uri(new Uri(page.Url), "/overview?from=now-25h").ToString());
        await Assertions.Expect(page.Locator(".tile[data-state=ready]")).ToHaveCountAsync(14);
        await Screenshots.TakeAsync(page, $"demo-overview-{theme}");
        await page.GotoAsync(new Uri(new Uri(page.Url), "/objects/apps/deployments/shop/storefront?from=now-6h").ToString());
        await page.GetByText("alice@example.com").First.ClickAsync();
        await Assertions.Expect(page.Locator(".diff .come").First).ToContainTextAsync("version:");
        await Screenshots.TakeAsync(page, $"demo-object-{theme}");
        window.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task History_Played_SpansTwoHoursAndHasEveryKindOfCall()
    {
        var system = await shared.DemoAsync(Cancel);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var hour in new[] { 0.25, 0.75, 1.25, 1.75 })
        {
            var (from, to) = (now.AddHours(-hour - 0.2), now.AddHours(-hour + 0.2));
            (await PageAsync(system, "", from, to)).Items.Count.ShouldBeGreaterThan(50, $"calls around {hour.ToString(CultureInfo.InvariantCulture)} h ago");
        }

        foreach (var query in new[] { "is:denied", "is:exec", "is:secret", "verb:create resource:pods/binding", "verb:delete resource:pods user:system:node:*", "resource:deployments/scale verb:update", "resource:cronjobs version:v1beta1", "status:404 user:carol*", "resource:pods/log" })
        {
            (await PageAsync(system, query, now.AddHours(-25), now)).Items.ShouldNotBeEmpty(query);
        }

        // Nothing in the play went wrong that was not meant to: the API's only complaints are those of the stories.
        (await PageAsync(system, "status:(400,405,409,415,422)", now.AddHours(-25), now)).Items.ShouldBeEmpty();
        (await PageAsync(system, "status:5xx", now.AddHours(-25), now.AddMinutes(-1))).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Demo_StartedAgain_RecordsNothingTwice()
    {
        var first = await shared.DemoAsync(Cancel);
        var then = TimeProvider.System.GetUtcNow().AddSeconds(-30); // what is younger may still be on its way
        var before = (await first.Api.SearchAllAsync("ns:shop is:mutating", Cancel)).Where(call => call.Time < then).ToList();

        var second = await shared.RestartDemoAsync(Cancel);
        var after = (await second.Api.SearchAllAsync("ns:shop is:mutating", Cancel)).Where(call => call.Time < then).ToList();

        // The hour that is searched has moved on a little.
        after.Count.ShouldBeInRange(before.Count - 200, before.Count);
        after.Select(call => call.Id).ShouldBeSubsetOf(before.Select(call => call.Id));
    }

    private static Task<CallPage> PageAsync(KubeLensSystem system, string query, DateTimeOffset from, DateTimeOffset to) => system.Api.SearchAsync(query, Cancel, from: $"{from:O}", to: $"{to:O}");
}
