namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>Lets every controller act until none has anything to do, whenever something has changed.</summary>
internal sealed class ControlLoop(IEnumerable<IController> controllers, ClusterView view)
{
    // Enough for a deployment to reach its pods' status; what still moves then moves on at the next look.
    private const int MostRounds = 40;
    private long _seen = -1;

    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds && view.LastChange != _seen; round++)
        {
            var before = view.LastChange;
            var acted = false;
            foreach (var controller in controllers)
            {
                acted |= await controller.ReconcileAsync(cancellationToken);
            }

            // A controller whose calls are refused would go on forever: what changed nothing is not tried again at once.
            if (!acted || view.LastChange == before)
            {
                _seen = view.LastChange;
            }
        }
    }
}
