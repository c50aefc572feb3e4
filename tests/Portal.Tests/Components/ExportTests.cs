using System.Net;
using System.Text.Json;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>The search page's results as a file of the Store's.</summary>
public sealed class ExportTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StoreScript Script(Func<HttpContext, Task>? onExport = null) => new() { Calls = SampleCalls.Make(26, TimeProvider.System.GetUtcNow()), OnExport = onExport };

    [Fact]
    public async Task Export_Chosen_DownloadsWhatIsShown()
    {
        var script = Script();
        await using var window = await portal.SignInAsync(script);
        await window.StateAsync("ready");
        await window.SearchAsync("verb:delete ns:prod");
        await Assertions.Expect(window.Rows).ToHaveCountAsync(2);

        var file = await ChooseAsync(window.Page, "NDJSON");

        file.SuggestedFilename.ShouldBe("calls.ndjson");
        var lines = await File.ReadAllLinesAsync(await file.PathAsync(), Cancel);
        lines.Select(line => JsonSerializer.Deserialize<CallDetails>(line, JsonSerializerOptions.Web)!.Id).ShouldBe(script.Calls.Where(call => call.Verb == "delete").Select(call => call.Id));
        window.Page.Url.ShouldEndWith("/search?q=verb%3Adelete%20ns%3Aprod&from=now-1h&to=now");
        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("NDJSON", "ndjson")]
    [InlineData("CSV", "csv")]
    [InlineData("HAR", "har")]
    [InlineData("audit events", "audit")]
    public async Task Export_OfEachFormat_AsksForItWithTheSignedInUsersToken(string item, string format)
    {
        var asked = "";
        await using var window = await portal.SignInAsync(Script(context =>
        {
            asked = context.Request.QueryString.Value!;
            context.Response.ContentType = "text/plain";
            context.Response.Headers.ContentDisposition = "attachment; filename=calls.x";
            return context.Response.WriteAsync("calls", Cancel);
        }), "/search?q=verb%3Aget&from=now-2h&to=now");
        await window.StateAsync("ready");

        await ChooseAsync(window.Page, item);

        asked.ShouldBe($"?q=verb%3Aget&from=now-2h&to=now&format={format}");
    }

    [Fact]
    public async Task Export_ThatTheStoreCutsOff_IsNoWholeFile()
    {
        var begun = new TaskCompletionSource();
        await using var window = await portal.SignInAsync(Script(async context =>
        {
            context.Response.Headers.ContentDisposition = "attachment; filename=calls.ndjson";
            await context.Response.WriteAsync("{}\n", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            await begun.Task;
            context.Abort();
        }));
        await window.StateAsync("ready");

        var file = await ChooseAsync(window.Page, "NDJSON");
        begun.SetResult();

        (await file.FailureAsync()).ShouldNotBeNull();
        await Eventually.Async(() => portal.Output.Contains("The Store ended its answer early.", StringComparison.Ordinal), Cancel);
    }

    [Fact]
    public async Task Export_StillRunning_PassesOnWhatIsThere()
    {
        var more = new TaskCompletionSource();
        await using var window = await portal.SignInAsync(Script(async context =>
        {
            context.Response.ContentType = "application/x-ndjson";
            await context.Response.WriteAsync("first\n", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            await more.Task;
            await context.Response.WriteAsync("second\n", Cancel);
        }));
        using var http = await ClientAsync(window);

        using var answer = await http.GetAsync("/export?q=", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));

        (await lines.ReadLineAsync(Cancel)).ShouldBe("first");
        more.SetResult();
        (await lines.ReadToEndAsync(Cancel)).ShouldBe("second\n");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/x-ndjson");
    }

    [Fact]
    public async Task Export_ThatIsRefused_SaysWhy()
    {
        var problem = new QueryProblem("about:blank", "There are 4 exports already.", 503, Array.Empty<QueryMessage>());
        var script = Script(context => Results.Json(problem, statusCode: 503).ExecuteAsync(context));
        await using var window = await portal.SignInAsync(script);
        using var http = await ClientAsync(window);

        using var busy = await http.GetAsync("/export?q=", Cancel);
        (busy.StatusCode, await busy.Content.ReadAsStringAsync(Cancel)).ShouldBe((HttpStatusCode.ServiceUnavailable, problem.Title));

        http.DefaultRequestHeaders.Remove("Cookie");
        using var stranger = await http.GetAsync("/export?q=", Cancel);
        (stranger.StatusCode, stranger.Headers.Location!.AbsolutePath).ShouldBe((HttpStatusCode.Redirect, "/sign-in"));
    }

    /// <summary>A browser saves as the file whatever comes without an error.</summary>
    [Theory]
    [InlineData("/export?q=")]
    [InlineData("/calls/1-2/recording")]
    public async Task Download_ForAnotherSiteOrAfterTheSession_IsAnError(string path)
    {
        var script = Script(context => context.Response.WriteAsync("nothing", context.RequestAborted));
        await using var window = await portal.SignInAsync(script);
        using var http = await ClientAsync(window);

        using var elsewhere = await http.SendAsync(new(HttpMethod.Get, path) { Headers = { { "Sec-Fetch-Site", "cross-site" } } }, Cancel);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        script.SessionOver = true;
        using var over = await http.GetAsync(path, Cancel);
        (over.StatusCode, await over.Content.ReadAsStringAsync(Cancel)).ShouldBe((HttpStatusCode.Unauthorized, "The session is over. Sign in again."));
    }

    [Fact]
    public async Task Recording_ThatTheRoleDoesNotSee_IsRefusedAndTheSessionGoesOn()
    {
        var script = Script();
        script.OnRecording = () => Results.Problem("It takes the role auditor.", statusCode: 403);
        await using var window = await portal.SignInAsync(script);
        using var http = await ClientAsync(window);

        using var refused = await http.GetAsync("/calls/1-2/recording", Cancel);

        (refused.StatusCode, await refused.Content.ReadAsStringAsync(Cancel)).ShouldBe((HttpStatusCode.Forbidden, "Your role sees no recordings."));
    }

    private static async Task<IDownload> ChooseAsync(IPage page, string item)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        return await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync());
    }

    // With the window's session, but not through the browser.
    private async Task<HttpClient> ClientAsync(PortalWindow window)
    {
        var cookies = (await window.Page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}");
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(portal.Address) };
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies));
        return http;
    }
}
