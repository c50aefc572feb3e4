namespace KubeLens.Gateway.Clusters;

/// <summary>
/// Looks every second whether the settings file or a kubeconfig has changed, and then has the clusters read anew; once a minute
/// in any case, for the files that they name, and at first, for what changed during the start. Calls under way notice nothing.
/// </summary>
internal sealed class ClusterReloadWorker(IConfiguration configuration, ClusterCatalog catalog, TimeProvider clock, ILogger<ClusterReloadWorker> logger) : BackgroundService
{
    private const int LooksPerReading = 60;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly WatchedFiles _settings = new();
    private readonly WatchedFiles _kubeconfigs = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var look = 0;
        return Periodically.RunAsync(Period, clock, () => Look(readAll: look++ % LooksPerReading == 0), stoppingToken);
    }

    private void Look(bool readAll)
    {
        var settings = _settings.Changed([SettingsFile.PathIn(configuration)]) || readAll;
        var kubeconfigs = _kubeconfigs.Changed(catalog.Current.All.Select(cluster => cluster.Plan.Options.Kubeconfig).Distinct().SelectMany(WatchedFiles.Of));
        if (settings)
        {
            ReadSettings();
        }

        if (settings || kubeconfigs)
        {
            catalog.Reload();
        }
    }

    private void ReadSettings()
    {
        try
        {
            ((IConfigurationRoot)configuration).Reload();
        }
        catch (InvalidDataException e)
        {
            logger.ReloadFailed($"{SettingsFile.PathIn(configuration)}: {(e.InnerException ?? e).Message}");
        }
    }
}
