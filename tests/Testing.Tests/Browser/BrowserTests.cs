using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace KubeLens.Testing.Tests.Browser;

public sealed class BrowserTests(KubeLens.Testing.Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark, true)]
    [InlineData(ColorScheme.Light, false)]
    public async Task NewPage_WithTheme_IsWhatThePageSees(ColorScheme theme, bool dark)
    {
        await using var page = await browser.NewPageAsync(Token, theme, 320, 640);

        (await page.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches")).ShouldBe(dark);
        (await page.Page.EvaluateAsync<int>("innerWidth")).ShouldBe(320);
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_WithAForbiddenScriptAndAThrownError_ReportsBoth()
    {
        await using var page = await browser.NewPageAsync(Token);
        await using var site = await StartSiteAsync("script-src 'nonce-good'", """
            <script nonce="good">setTimeout(() => { throw new Error('thrown') })</script>
            <script>document.title = 'executed'</script>
            """);

        await page.Page.GotoAsync(site.Urls.Single());

        await Eventually.Async(() => page.Errors.Any(error => error.Contains("thrown", StringComparison.Ordinal)), Token);
        await Eventually.Async(() => page.PolicyViolations.Count > 0, Token);
        (await page.Page.TitleAsync()).ShouldBeEmpty();
    }

    private static async Task<WebApplication> StartSiteAsync(string policy, string html)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = builder.Build();
        site.Run(async context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.ContentSecurityPolicy = policy;
            await context.Response.WriteAsync(html, context.RequestAborted);
        });
        await site.StartAsync(Token);
        return site;
    }
}
