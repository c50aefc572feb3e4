using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.Controllers;

namespace KubeLens.DemoCluster.Life;

/// <summary>Lets happen what is on the agenda, each with what the controllers make of it.</summary>
internal sealed class LifePlay(Agenda agenda, DemoClock clock, ControlLoop controllers, ILogger<LifePlay> logger)
{
    // Long enough not to be busy, short enough for whoever waits for the pods of a deployment that they just made.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // The log is for people: one line for an outage, not one for each call in it.
    private bool _away;

    /// <summary>From moment to moment, up to <paramref name="until"/>.</summary>
    public async Task HurryAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await controllers.SettleAsync(cancellationToken);
        while (agenda.Next is { } next && next <= until)
        {
            var (at, action) = agenda.Take();
            clock.JumpTo(at);
            await action(cancellationToken);
            await controllers.SettleAsync(cancellationToken);
        }

        clock.JumpTo(until);
    }

    /// <summary>As time passes, until it is told to stop.</summary>
    public async Task GoOnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            if (agenda.Next is { } next && next <= now)
            {
                await TryAsync(agenda.Take().Action, cancellationToken);
            }
            else
            {
                await Task.Delay(agenda.Next is { } later && later - now < Look ? later - now : Look, clock, cancellationToken);
            }

            await TryAsync(controllers.SettleAsync, cancellationToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(cancellationToken);
            _away = false;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.WebSockets.WebSocketException)
        {
            if (!_away)
            {
                logger.GatewayAway(e.Message);
            }

            _away = true;
        }
    }
}
