using System.Runtime.CompilerServices;

namespace KubeLens.Testing;

/// <summary>Waits for something that happens soon, but not at once: polls, and fails by name when the deadline passes.</summary>
public static class Eventually
{
    /// <summary>Generous on purpose: a slow machine is no failure.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static Task Async(
        Func<bool> condition,
        CancellationToken cancellationToken,
        TimeSpan? deadline = null,
        [CallerArgumentExpression(nameof(condition))] string what = "")
        => Async(() => Task.FromResult(condition()), cancellationToken, deadline, what);

    public static async Task Async(
        Func<Task<bool>> condition,
        CancellationToken cancellationToken,
        TimeSpan? deadline = null,
        [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var limit = deadline ?? DefaultDeadline;
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Not true within {limit.TotalSeconds:0.#} s: {what}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Repeats assertions until they hold; when the deadline passes, the last failure is the one reported.</summary>
    public static async Task SucceedsAsync(Func<Task> assertions, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        var limit = deadline ?? DefaultDeadline;
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException && TimeProvider.System.GetElapsedTime(started) <= limit)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
