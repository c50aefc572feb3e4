using System.Net.WebSockets;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.Controllers;

namespace KubeLens.DemoCluster.Life;

/// <summary>Lets happen what is on the agenda, each with what the controllers make of it.</summary>
internal sealed class LifePlay(Agenda agenda, DemoClock clock, ControlLoop controllers, ILogger<LifePlay> logger)
{
    // Long enough not to be busy, short enough for whoever waits for the pods of a deployment that they just made.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

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
            var due = agenda.Next is { } next && next <= now;
            if (!due)
            {
                await Task.Delay(agenda.Next is { } later && later - now < Look ? later - now : Look, clock, cancellationToken);
            }

            try
            {
                if (due)
                {
                    await agenda.Take().Action(cancellationToken);
                    _away = false;
                }

                await controllers.SettleAsync(cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or WebSocketException)
            {
                await WaitOutAsync(e, cancellationToken);
            }
        }
    }

    /// <summary>The log is for people: one line for an outage, not one for each call in it.</summary>
    private Task WaitOutAsync(Exception problem, CancellationToken cancellationToken)
    {
        if (!_away)
        {
            logger.GatewayAway(problem.Message);
        }

        _away = true;
        return Task.Delay(Look, clock, cancellationToken);
    }
}
