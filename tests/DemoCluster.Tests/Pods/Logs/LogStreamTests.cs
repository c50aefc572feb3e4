using System.Globalization;
using KubeLens.DemoCluster.Tests.Access.Support;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Pods.Logs;

public sealed class LogStreamTests : IAsyncLifetime
{
    private const string Log = "/api/v1/namespaces/shop/pods/web/log";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-24T03:20:00Z", CultureInfo.InvariantCulture));
    private DemoHost _host = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DemoHost.StartAsync(_clock);
        _host.Create("Pod", Samples.Pod);
        _client = _host.Client("alice@example.com");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Log_OfTheCurrentRun_IsStableAndBeginsWithIt()
    {
        var lines = await LinesAsync("container=app&timestamps=true");

        lines.Count.ShouldBeGreaterThan(50);
        lines[0].ShouldStartWith("2026-11-24T03:10:00.");
        lines.Select(Time).ShouldBeInOrder();
        (await LinesAsync("container=app&timestamps=true")).ShouldBe(lines);
        (await LinesAsync("container=sidecar&timestamps=true"))[0].ShouldStartWith("2026-11-24T03:00:00.");
    }

    [Fact]
    public async Task Log_WithoutTimestamps_IsTheTextAlone() =>
        (await LinesAsync("container=app"))[0].ShouldBe("level=info msg=\"app starts\" version=1.14.2");

    [Fact]
    public async Task Previous_OfAFailedRun_ShowsWhyItFailed()
    {
        var lines = await LinesAsync("container=app&previous=true&timestamps=true");

        lines[^1].ShouldBe("2026-11-24T03:00:05.000000000Z panic: no database after 5 attempts");
        lines[0].ShouldStartWith("2026-11-24T03:00:00.");
    }

    [Theory]
    [InlineData("container=app&sinceSeconds=60", "2026-11-24T03:19:00Z")]
    [InlineData("container=app&sinceTime=2026-11-24T03:18:30Z", "2026-11-24T03:18:30Z")]
    public async Task Since_LeavesOlderLinesOut(string query, string since)
    {
        var lines = await LinesAsync(query + "&timestamps=true");

        lines.ShouldNotBeEmpty();
        lines.Count.ShouldBeLessThan(25);
        lines.ShouldAllBe(line => Time(line) >= DateTimeOffset.Parse(since, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task TailLines_AreTheLast()
    {
        var all = await LinesAsync("container=app");

        (await LinesAsync("container=app&tailLines=3")).ShouldBe(all.TakeLast(3));
        (await LinesAsync("container=app&tailLines=0")).ShouldBeEmpty();
        (await LinesAsync("container=app&tailLines=99999999999")).ShouldBe(all);
    }

    [Fact]
    public async Task LimitBytes_CutsInTheLine() =>
        (await _client.GetStringAsync(new Uri($"{Log}?container=app&limitBytes=13", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBe("level=info ms"[..13]);

    [Theory]
    [InlineData("", 400, "a container name must be specified for pod web, choose one of: [app sidecar]")]
    [InlineData("container=none", 400, "container none is not valid for pod web")]
    [InlineData("container=sidecar&previous=true", 400, "previous terminated container \"sidecar\" in pod \"web\" not found")]
    [InlineData("container=app&tailLines=-1", 422, "PodLogOptions \"web\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("container=app&limitBytes=0", 422, "PodLogOptions \"web\" is invalid: limitBytes: Invalid value: 0: must be greater than 0")]
    [InlineData("container=app&tailLines=x", 400, "strconv.ParseInt: parsing \"x\": invalid syntax (tailLines has to be a number)")]
    [InlineData("container=app&sinceTime=yesterday", 400, "sinceTime is \"yesterday\": it has to be a time as 2026-11-24T03:12:09Z")]
    public async Task Log_CannotBeShown_SaysWhy(string query, int expected, string message)
    {
        var (code, body) = await DemoHost.GetAsync(_client, $"{Log}?{query}");

        (code, (string)body["message"]!).ShouldBe((expected, message));
    }

    [Fact]
    public async Task Log_ContainerNotStarted_SaysWhatItWaitsFor()
    {
        _host.Create("Pod", """
            { "metadata": { "name": "new", "namespace": "shop" }, "spec": { "nodeName": "node-1", "containers": [{ "name": "c", "image": "i" }] },
              "status": { "phase": "Pending", "containerStatuses": [{ "name": "c", "state": { "waiting": { "reason": "ContainerCreating" } } }] } }
            """);
        _host.Create("Pod", """{ "metadata": { "name": "unplaced", "namespace": "shop" }, "spec": { "containers": [{ "name": "c", "image": "i" }] }, "status": { "phase": "Pending" } }""");

        ((string)(await DemoHost.GetAsync(_client, "/api/v1/namespaces/shop/pods/new/log")).Body["message"]!).ShouldBe("container \"c\" in pod \"new\" is waiting to start: ContainerCreating");
        (await _client.GetStringAsync(new Uri("/api/v1/namespaces/shop/pods/unplaced/log", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Follow_LinesCome_AsTheyArePrinted()
    {
        using var answer = await _client.GetAsync(new Uri($"{Log}?container=app&follow=true&tailLines=1&timestamps=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var first = (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!;
        Time(first).ShouldBeLessThanOrEqualTo(_clock.GetUtcNow());

        var followed = new List<string>();
        using var done = new CancellationTokenSource();
        var ticking = TickAsync(done.Token);
        while (followed.Count < 5)
        {
            followed.Add((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!);
        }

        await done.CancelAsync();
        await ticking;
        followed.Select(Time).ShouldBeInOrder();
        var all = await LinesAsync("container=app&timestamps=true");
        all.Skip(all.IndexOf(first) + 1).Take(5).ShouldBe(followed);
    }

    [Fact]
    public async Task Follow_ClusterStops_EndsTheStream()
    {
        using var answer = await _client.GetAsync(new Uri($"{Log}?container=app&follow=true&tailLines=0", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        await _host.StopAsync();

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private async Task<List<string>> LinesAsync(string query)
    {
        using var answer = await _client.GetAsync(new Uri($"{Log}?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static DateTimeOffset Time(string line) => DateTimeOffset.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
}
