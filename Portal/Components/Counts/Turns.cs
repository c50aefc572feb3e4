using System.Threading.Channels;

namespace KubeLens.Portal.Components.Counts;

/// <summary>Lets a few parts of a page ask the Store at a time; the others wait for their turn.</summary>
public sealed class Turns
{
    private const int AtATime = 3;

    private readonly Channel<int> _free = Channel.CreateBounded<int>(AtATime);

    public Turns()
    {
        for (var turn = 0; turn < AtATime; turn++)
        {
            _free.Writer.TryWrite(turn);
        }
    }

    /// <summary>Asks when it is its turn.</summary>
    public async Task<T> TakeAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var turn = await _free.Reader.ReadAsync(cancellationToken);
        try
        {
            return await ask();
        }
        finally
        {
            _free.Writer.TryWrite(turn);
        }
    }
}
