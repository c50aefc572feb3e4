using KubeLens.DemoCluster.Life.Clock;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>A contractor tries doors: most are locked.</summary>
internal sealed class DeniedUser(Stage stage) : IScene
{
    private static readonly string[] Doors =
    [
        "/api/v1/namespaces/shop/secrets",
        "/api/v1/namespaces/platform/secrets",
        "/api/v1/secrets",
        "/api/v1/nodes",
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
        "/api/v1/namespaces/kube-system/configmaps",
        "/api/v1/namespaces/shop/pods",
    ];

    public void Plan(Agenda agenda, DateTimeOffset end)
    {
        for (var i = 0; i < Doors.Length; i++)
        {
            var door = Doors[i];
            agenda.At(end.AddMinutes(-80).AddSeconds(i * 19), token => stage.GetAsync(stage.Cast.Mallory, door, token));
        }
    }
}
