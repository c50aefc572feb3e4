namespace KubeLens.AppHost.Processes;

/// <summary>How long to wait before a crashed process is started again: 0.5 s, doubled each time up to 10 s.</summary>
internal sealed class RestartBackoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A process that ran well for so long begins anew.</summary>
    public static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;

    /// <param name="healthy">How long the process was ready before it ended.</param>
    public TimeSpan Next(TimeSpan healthy)
    {
        var wait = healthy >= Forgiven ? First : _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }
}
