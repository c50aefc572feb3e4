namespace KubeLens.AppHost.Processes;

/// <summary>Asks a process, once, whether it serves.</summary>
internal interface IReadyProbe
{
    /// <summary>Any trouble in reaching the process is a no, never an exception; only cancellation throws.</summary>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}
