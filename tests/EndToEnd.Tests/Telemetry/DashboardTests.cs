using System.Net;
using System.Text.RegularExpressions;
using KubeLens.Testing;
using Microsoft.Playwright;

namespace KubeLens.EndToEnd.Tests.Telemetry;

/// <summary>The demo with the Aspire dashboard, fetched from npm as a user's would be: what it got of a call, and the way there and back.</summary>
public sealed partial class DashboardTests(Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dashboard_CallThroughTheGateway_IsItsTraceAndLog_OneClickFromThePortal()
    {
        var ports = Ports.Free(2);
        await using var system = await StartAsync(["--dashboard", "--dashboard-port", $"{ports[0]}", "--otlp-port", $"{ports[1]}"]);
        var link = new Uri(Link().Match(string.Join('\n', system.Process.Lines)).Groups[1].Value);
        link.GetLeftPart(UriPartial.Authority).ShouldBe($"http://127.0.0.1:{ports[0]}");
        using var client = GatewayClient.From(system.Kubeconfig);
        using var answer = await client.GetAsync("/api/v1/namespaces/shop", Cancel);
        var auditId = answer.Headers.GetValues("Audit-Id").Single();
        var call = await system.Api.FindAsync($"audit:{auditId}", Cancel);

        // What it got, by its own API. Nobody may ask who does not have the token.
        using var dashboard = new HttpClient { BaseAddress = new Uri(link.GetLeftPart(UriPartial.Authority)) };
        (await dashboard.GetAsync("/api/telemetry/traces", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        dashboard.DefaultRequestHeaders.Add("x-api-key", link.Query["?t=".Length..]);
        var trace = await AskAsync(dashboard, $"/api/telemetry/traces/{call.TraceId}", "get namespaces", "authenticate", auditId, $"http://127.0.0.1:{system.PortalPort}/search?q=audit:{auditId}");
        trace.ShouldContain("\"gateway\"");
        await AskAsync(dashboard, $"/api/telemetry/logs?traceId={call.TraceId}", "get namespaces 200", auditId);
        await AskAsync(dashboard, "/api/telemetry/resources", "\"gateway\"", "\"store\"", "\"portal\"", "\"democluster\"");

        await using (var window = await browser.NewPageAsync(Cancel))
        {
            var page = window.Page;
            await page.GotoAsync(link.ToString());
            await page.WaitForURLAsync(url => !url.Contains("/login", StringComparison.Ordinal));
            await page.GotoAsync(await system.FreshLoginLinkAsync(Cancel));
            await page.Locator("[data-state=ready]").First.WaitForAsync();
            await page.GotoAsync($"http://127.0.0.1:{system.PortalPort}/calls/{call.Id}");
            var opened = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Open trace" }).ClickAsync());
            await Assertions.Expect(opened).ToHaveURLAsync(new Regex($"^http://127.0.0.1:{ports[0]}/traces/detail/{call.TraceId}"));
            await Assertions.Expect(opened.GetByText("get namespaces").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        }

        // It ends with all else, after the services, whose last telemetry it takes.
        system.Process.Signal(Signals.Terminate);
        (await system.Process.WaitForExitAsync(Cancel)).ShouldBe(0);
        var ends = system.Process.Lines.Where(line => line.Contains(" apphost  | ", StringComparison.Ordinal)).TakeLast(7).Select(line => line[(line.IndexOf('|', StringComparison.Ordinal) + 2)..]);
        ends.ShouldBe(["Stopping.", "portal stopped.", "gateway stopped.", "democluster stopped.", "store stopped.", "dashboard stopped.", "postgres stopped."]);
        await Should.ThrowAsync<HttpRequestException>(dashboard.GetAsync("/health", Cancel));
    }

    private static async Task<KubeLensSystem> StartAsync(IReadOnlyList<string> options)
    {
        Assert.SkipWhen((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').All(folder => !File.Exists(Path.Combine(folder, "npm"))), "npm not found: the dashboard is a package of its registry");
        try
        {
            return await KubeLensSystem.StartDemoAsync(options, new Dictionary<string, string?> { ["OTEL_METRIC_EXPORT_INTERVAL"] = "2000" }, Cancel);
        }
        catch (InvalidOperationException failure) when (failure.Message.Contains("npm could not fetch the Aspire dashboard", StringComparison.Ordinal))
        {
            Assert.Skip("npm cannot fetch @microsoft/aspire-cli-linux-x64 here");
            throw;
        }
    }

    // Telemetry is sent some seconds after the call.
    private static async Task<string> AskAsync(HttpClient dashboard, string path, params string[] expected)
    {
        var text = "";
        await Eventually.SucceedsAsync(
            async () =>
            {
                using var answer = await dashboard.GetAsync(path, Cancel);
                text = await answer.Content.ReadAsStringAsync(Cancel);
                foreach (var part in expected)
                {
                    text.ShouldContain(part);
                }
            },
            Cancel);
        return text;
    }

    [GeneratedRegex(@"Dashboard   (http://\S+)")]
    private static partial Regex Link();
}
