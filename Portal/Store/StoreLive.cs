using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Hosting;
using KubeLens.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Store;

/// <summary>Follows calls as the signed-in user. A feed that breaks is taken up again where it broke.</summary>
internal sealed class StoreLive(StoreStreams streams, AuthenticationStateProvider authentication, TimeProvider clock, ILogger<StoreLive> logger)
{
    private const string Path = "api/v1/live";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The Store says every 15 s that it is there.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    /// <summary>Ends only with <see cref="LiveNews.Refused"/> and <see cref="LiveNews.SignedOut"/>. Never throws for what a Store or a network may do.</summary>
    public async IAsyncEnumerable<LiveNews> FollowAsync(string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = "";
        while (true)
        {
            var user = (await authentication.GetAuthenticationStateAsync()).User;
            if (SessionClaims.TokenOf(user, clock.GetUtcNow()) is not { } token)
            {
                yield return new LiveNews.SignedOut();
                yield break;
            }

            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            silence.CancelAfter(Silence);
            var (answer, problem) = await OpenAsync(query, token, last, silence.Token, cancellationToken);
            using (answer)
            {
                var refusal = answer is null ? null : await RefusalAsync(answer, cancellationToken);
                if (refusal is LiveNews.Refused or LiveNews.SignedOut)
                {
                    yield return refusal;
                    yield break;
                }

                if (answer is null || refusal is not null)
                {
                    yield return refusal ?? new LiveNews.Interrupted(problem);
                }
                else
                {
                    await using var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(silence.Token).GetAsyncEnumerator(silence.Token);
                    while (await NextAsync(events, cancellationToken) is { } item)
                    {
                        silence.CancelAfter(Silence);
                        last = item.EventId ?? last;
                        if (Read(item) is { } news)
                        {
                            yield return news;
                        }
                    }

                    yield return new LiveNews.Interrupted("The Store has ended the feed.");
                }
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async Task<(HttpResponseMessage? Answer, string Problem)> OpenAsync(string query, string token, string last, CancellationToken patience, CancellationToken cancellationToken)
    {
        try
        {
            return (await streams.OpenAsync($"{Path}?q={Uri.EscapeDataString(query)}", token, patience, last), "");
        }
        catch (HttpRequestException problem)
        {
            return (null, Failed("The Store cannot be reached.", problem));
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, Failed($"The Store did not answer within {Silence.TotalSeconds:0} s.", problem));
        }
    }

    private async Task<LiveNews?> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                return null;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return new LiveNews.SignedOut();
        }

        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<QueryProblem>(JsonSerializerOptions.Web, cancellationToken);
            return problem is { Messages: not null, Status: StatusCodes.Status400BadRequest } ? new LiveNews.Refused(problem) : new LiveNews.Interrupted(Failed(problem?.Title ?? Status(), null));
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            return new LiveNews.Interrupted(Failed(Status(), e));
        }

        string Status() => $"The Store answered with status {(int)answer.StatusCode}.";
    }

    /// <returns>Null at the end of the feed, however it ends.</returns>
    private async Task<SseItem<string>?> NextAsync(IAsyncEnumerator<SseItem<string>> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync() ? events.Current : null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Failed("The feed broke.", e);
            return null;
        }
    }

    private static LiveNews? Read(SseItem<string> item) => item.EventType switch
    {
        LiveEvents.Ready => new LiveNews.Listening(),
        LiveEvents.Call => new LiveNews.Stored(JsonSerializer.Deserialize<CallItem>(item.Data, JsonSerializerOptions.Web)!),
        LiveEvents.Dropped => new LiveNews.LeftOut(JsonSerializer.Deserialize<LiveDropped>(item.Data, JsonSerializerOptions.Web)!.Calls),
        _ => null,
    };

    private string Failed(string reason, Exception? problem)
    {
        logger.StoreFailed(Path, reason, "", problem);
        return reason;
    }
}
