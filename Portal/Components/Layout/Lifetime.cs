namespace KubeLens.Portal.Components.Layout;

/// <summary>
/// How long a component is shown. What it waits for ends with it, and whatever it does after a last await still has a token, which says so:
/// a source that is disposed throws instead, and an exception of a component that is gone ends the whole page.
/// </summary>
internal sealed class Lifetime : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public Lifetime() => Token = _source.Token;

    /// <summary>It may be asked for after the end.</summary>
    public CancellationToken Token { get; }

    public bool IsOver => Token.IsCancellationRequested;

    public void Dispose()
    {
        if (!IsOver)
        {
            _source.Cancel();
            _source.Dispose();
        }
    }
}
