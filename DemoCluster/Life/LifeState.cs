namespace KubeLens.DemoCluster.Life;

/// <summary>How far life has come, for the health check.</summary>
internal sealed class LifeState
{
    private volatile bool _present;

    /// <summary>Whether history has been played, and calls happen as they do.</summary>
    public bool IsPresent
    {
        get => _present;
        set => _present = value;
    }
}
