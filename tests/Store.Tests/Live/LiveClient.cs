using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Tests.Live;

/// <summary>Reads one feed, event by event.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private readonly CancellationTokenSource _end;

    private LiveClient(HttpResponseMessage response, Stream stream, CancellationTokenSource end)
    {
        (_response, _end) = (response, end);
        _events = SseParser.Create(stream).EnumerateAsync(end.Token).GetAsyncEnumerator(end.Token);
    }

    /// <summary>Of a feed that is ready.</summary>
    /// <param name="query">What is behind the question mark.</param>
    public static async Task<LiveClient> StartAsync(TestStore store, string query, CancellationToken cancellationToken, string? last = null)
    {
        var response = await SendAsync(store, query, cancellationToken, last);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await Text(response));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(TimeSpan.FromSeconds(30));
        var client = new LiveClient(response, await response.Content.ReadAsStreamAsync(cancellationToken), end);
        (await client.NextAsync()).EventType.ShouldBe(LiveEvents.Ready);
        return client;

        async Task<string> Text(HttpResponseMessage failed) => failed.IsSuccessStatusCode ? "" : await failed.Content.ReadAsStringAsync(cancellationToken);
    }

    public static async Task<HttpResponseMessage> SendAsync(TestStore store, string query, CancellationToken cancellationToken, string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/live?{query}");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        return await store.Auditor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Fails at the end of the feed, and after half a minute.</summary>
    public async Task<SseItem<string>> NextAsync()
    {
        (await _events.MoveNextAsync()).ShouldBeTrue("the feed has ended");
        return _events.Current;
    }

    public async Task<CallItem> CallAsync()
    {
        var next = await NextAsync();
        next.EventType.ShouldBe(LiveEvents.Call, next.Data);
        return Read<CallItem>(next);
    }

    /// <summary>The names of so many calls in a row.</summary>
    public async Task<List<string>> NamesAsync(int count)
    {
        var names = new List<string>();
        for (var i = 0; i < count; i++)
        {
            names.Add((await CallAsync()).Name);
        }

        return names;
    }

    /// <summary>Whether nothing more comes, and that in order.</summary>
    public async Task<bool> HasEndedAsync() => !await _events.MoveNextAsync();

    public static T Read<T>(SseItem<string> item) => JsonSerializer.Deserialize<T>(item.Data, JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _response.Dispose();
        _end.Dispose();
    }
}
