using KubeLens.DemoCluster.Tests.Api;
using KubeLens.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Objects.Reclaim;

public sealed class EventExpiryTests
{
    private const string Events = "/api/v1/namespaces/default/events";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_AnHourAfterItLastHappened_IsGone()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.Zero));
        await using var server = await ApiServer.StartAsync(Cancelled, time);
        await server.PostAsync(Events, Event("once", "2026-01-01T10:00:00Z"));
        await server.PostAsync(Events, Event("again", "2026-01-01T10:30:00Z"));

        time.Advance(TimeSpan.FromMinutes(61));

        await Eventually.Async(async () => (await server.GetAsync(Events)).Names is ["again"], Cancelled);
    }

    private static string Event(string name, string last) =>
        $$"""{"metadata":{"name":"{{name}}"},"involvedObject":{"kind":"Pod","name":"p","namespace":"default"},"lastTimestamp":"{{last}}"}""";
}
