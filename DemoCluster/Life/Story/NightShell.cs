using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.World;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>
/// The last night, at thirteen past two: a contractor opens a shell in payments-api, reads its token, and then somebody
/// with curl reads every secret with it.
/// </summary>
internal sealed class NightShell(Stage stage, TimeProvider clock) : IScene
{
    private static readonly TimeSpan Hour = new(2, 13, 0);
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);
    private static readonly string[] Commands =
    [
        "id; hostname",
        "env",
        "ls /var/run/secrets/kubernetes.io/serviceaccount",
        "cat /var/run/secrets/kubernetes.io/serviceaccount/token",
        "ps",
    ];

    /// <summary>The beginning of the last night that is over, by this machine's time zone.</summary>
    public static DateTimeOffset Begin(DateTimeOffset end, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(end - Length, zone);
        var day = local.TimeOfDay >= Hour ? local.Date : local.Date.AddDays(-1);
        return new DateTimeOffset(day + Hour, zone.GetUtcOffset(day + Hour)).ToUniversalTime();
    }

    public void Plan(Agenda agenda, DateTimeOffset end)
    {
        var begin = Begin(end, clock.LocalTimeZone);
        agenda.At(begin, token => stage.GetAsync(stage.Cast.Mallory, "/api/v1/namespaces/shop/pods", token));
        for (var i = 0; i < Commands.Length; i++)
        {
            var command = Commands[i];
            agenda.At(begin + TimeSpan.FromSeconds(40 + (i * 35)), token => ExecAsync(command, token));
        }

        foreach (var (minute, path) in new[] { (6, "/api/v1/namespaces/shop/secrets"), (7, "/api/v1/namespaces/shop/secrets/card-processor"), (8, "/api/v1/secrets"), (9, "/api/v1/namespaces/kube-system/configmaps") })
        {
            agenda.At(begin + TimeSpan.FromMinutes(minute), token => stage.Cast.StolenToken.SendAsync(HttpMethod.Get, path, token, accept: "*/*"));
        }
    }

    private async Task ExecAsync(string command, CancellationToken cancellationToken)
    {
        if (stage.View.PodsOf(Workloads.Shop, Workloads.PaymentsApi.Name) is [var pod, ..])
        {
            var run = stage.Kubectl(stage.Cast.Mallory, "kubectl exec");
            await run.ReadAsync($"/api/v1/namespaces/{pod.Namespace}/pods/{pod.Name}", cancellationToken);
            await run.ExecAsync(pod.Namespace, pod.Name, Workloads.PaymentsApi.Name, ["sh", "-c", command], cancellationToken);
        }
    }
}
