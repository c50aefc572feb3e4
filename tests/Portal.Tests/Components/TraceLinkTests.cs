using KubeLens.Contracts.Search;
using KubeLens.Portal.Tests.Fixtures;
using Microsoft.Playwright;

namespace KubeLens.Portal.Tests.Components;

/// <summary>From a call to its trace, where it is said what shows traces.</summary>
public sealed class TraceLinkTests(PortalFixture portal)
{
    [Fact]
    public async Task Trace_OfACall_IsOneClickAway()
    {
        var call = SampleCalls.One(2, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await using var tracing = await StartAsync("http://127.0.0.1:16686/trace/{traceId}?uiFind={spanId}");
        await using var window = await OpenAsync(tracing, call);

        var link = Link(window);
        await Assertions.Expect(link).ToHaveAttributeAsync("href", "http://127.0.0.1:16686/trace/4bf92f3577b34da6a3ce929d0e0e4736?uiFind=00f067aa0ba902b7");
        await Assertions.Expect(link).ToHaveAttributeAsync("target", "_blank");
        await Assertions.Expect(link).ToHaveAttributeAsync("rel", "noopener");
        (await window.Page.ViolationsAsync()).ShouldBeEmpty();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Trace_CallOfNone_HasNoLink()
    {
        var call = SampleCalls.One(2, TimeProvider.System.GetUtcNow().AddMinutes(-1)) with { TraceId = null, SpanId = null };
        await using var tracing = await StartAsync("http://127.0.0.1:16686/trace/{traceId}");
        await using var window = await OpenAsync(tracing, call);

        await Assertions.Expect(Link(window)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Trace_NothingShowsTraces_HasNoLink()
    {
        var call = SampleCalls.One(2, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await using var window = await portal.SignInAsync(new StoreScript { Calls = [call] }, $"/calls/{call.Id}");
        await window.Page.Locator(".overview").WaitForAsync();

        await Assertions.Expect(Link(window)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Start_WrongTemplate_NamesTheKey()
    {
        var (exitCode, output) = await PortalProcess.RunAsync(portal.Home, Settings("http://127.0.0.1:16686/trace/{trace}"));

        exitCode.ShouldBe(78);
        output.ShouldContain("Portal:TraceUrl is \"http://127.0.0.1:16686/trace/{trace}\": it may have {traceId} and {spanId} in it, and not {trace}.");
    }

    private static ILocator Link(PortalWindow window) => window.Page.GetByRole(AriaRole.Link, new() { Name = "Open trace" });

    private Dictionary<string, string> Settings(string template) => new(portal.Settings(portal.Store.Address)) { ["Portal:TraceUrl"] = template };

    private Task<PortalProcess> StartAsync(string template) => PortalProcess.StartAsync(portal.Home, Settings(template));

    private async Task<PortalWindow> OpenAsync(PortalProcess tracing, CallDetails call)
    {
        var window = await portal.OpenAsync();
        await window.Page.GotoAsync($"{tracing.Address}/login?code={portal.Store.NewLogin(new StoreScript { Calls = [call] })}");
        await window.StateAsync("ready");
        await window.Page.GotoAsync($"{tracing.Address}/calls/{call.Id}");
        await window.Page.Locator(".overview").WaitForAsync();
        return window;
    }
}
