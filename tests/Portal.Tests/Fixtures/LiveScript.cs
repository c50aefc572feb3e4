using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>A live feed that tells what a test has it tell.</summary>
internal sealed class LiveScript
{
    private readonly Channel<(string Name, object Data)?> _events = Channel.CreateUnbounded<(string, object)?>();
    private int _number;

    /// <summary>What each request asked for, and where it wanted to go on.</summary>
    public ConcurrentQueue<(string Query, string LastEventId)> Asked { get; } = [];

    public void Call(CallDetails call) => _events.Writer.TryWrite((LiveEvents.Call, call));

    public void Dropped(long? calls) => _events.Writer.TryWrite((LiveEvents.Dropped, new LiveDropped(calls, LiveDropReasons.Slow)));

    /// <summary>Cuts the connection of whoever listens.</summary>
    public void Break() => _events.Writer.TryWrite(null);

    public async Task AnswerAsync(HttpContext context)
    {
        Asked.Enqueue((context.Request.Query["q"].ToString(), context.Request.Headers["Last-Event-ID"].ToString()));
        context.Response.ContentType = "text/event-stream";
        await SendAsync(context, LiveEvents.Ready, new LiveState(TimeProvider.System.GetUtcNow()));
        try
        {
            await foreach (var next in _events.Reader.ReadAllAsync(context.RequestAborted))
            {
                if (next is not var (name, data))
                {
                    context.Abort();
                    return;
                }

                await SendAsync(context, name, data);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task SendAsync(HttpContext context, string name, object data)
    {
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"event: {name}\nid: {++_number}\ndata: {JsonSerializer.Serialize(data, JsonSerializerOptions.Web)}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
