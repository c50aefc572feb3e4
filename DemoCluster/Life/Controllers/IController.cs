namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>Brings the cluster a step nearer to what its objects ask for, through the API as its own user.</summary>
internal interface IController
{
    /// <returns>Whether it did something, so that others may have something to do now.</returns>
    Task<bool> ReconcileAsync(CancellationToken cancellationToken);
}
