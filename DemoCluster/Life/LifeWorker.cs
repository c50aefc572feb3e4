using System.Security.Cryptography.X509Certificates;
using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.History;
using KubeLens.DemoCluster.Life.Story;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Life;

/// <summary>
/// The life of the demo:
/// <code>
/// 1 the programs start, unrecorded, a day ago
/// 2 the night, then two hours, in seconds, through a gateway of this process   → the Store
/// 3 from now on as time passes, through the gateway that everybody uses
/// </code>
/// What an earlier run recorded is played again, for the objects' sake, but not recorded twice.
/// </summary>
internal sealed class LifeWorker(
    IOptions<LifeOptions> options,
    IOptions<DemoClusterOptions> cluster,
    LifePlay play,
    Agenda agenda,
    DemoClock clock,
    ApiRoute route,
    Cast cast,
    IEnumerable<IScene> scenes,
    EverydayTraffic traffic,
    HistoryMark mark,
    LifeState state,
    DemoPki pki,
    IServer server,
    IHostApplicationLifetime lifetime,
    ILogger<LifeWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MarkEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var started = lifetime.ApplicationStarted.Register(listens.SetResult);
        try
        {
            await listens.Task.WaitAsync(stoppingToken);
            await PlayAsync(stoppingToken);
            state.IsPresent = true;
            await LiveAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the demo.
        }
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var end = clock.RealNow;
        var recorded = mark.Read();
        foreach (var scene in scenes)
        {
            scene.Plan(agenda, end);
        }

        traffic.Plan(agenda, end - options.Value.History);

        // 1
        route.Choose(OwnAddress(), pki.Current.Authority);
        await play.HurryAsync(clock.GetUtcNow() + Start, cancellationToken);

        // 2
        if (options.Value.StoreAddress.Length > 0)
        {
            await play.HurryAsync(recorded, cancellationToken);
            await RecordAsync(end, cancellationToken);
            mark.Write(end);
        }
        else
        {
            await play.HurryAsync(end, cancellationToken);
        }

        route.Choose(OwnAddress(), pki.Current.Authority);
        clock.JumpTo(clock.RealNow);
        logger.HistoryPlayed(clock.GetElapsedTime(began).TotalSeconds);
    }

    private async Task RecordAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        var home = Path.Combine(cluster.Value.Home, "history");
        await using var gateway = await HistoryGateway.StartAsync(home, Path.Combine(cluster.Value.Home, "gateway.kubeconfig"), options.Value, clock, cancellationToken);
        route.Choose(gateway.Address, gateway.Authority);
        await play.HurryAsync(end, cancellationToken);
        await gateway.DeliveredAsync(cancellationToken);
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        // 3
        if (options.Value.GatewayAddress.Length == 0)
        {
            await play.GoOnAsync(cancellationToken);
            return;
        }

        while (!await TryReachAsync(cancellationToken))
        {
            await Task.Delay(Retry, clock, cancellationToken);
        }

        await Task.WhenAll(play.GoOnAsync(cancellationToken), MarkAsync(cancellationToken));
    }

    /// <summary>The gateway starts after us: its authority may not even be made yet.</summary>
    private async Task<bool> TryReachAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Value.GatewayAuthorityFile))
        {
            return false;
        }

        try
        {
            route.Choose(new Uri(options.Value.GatewayAddress), X509CertificateLoader.LoadCertificateFromFile(options.Value.GatewayAuthorityFile));
            return (await cast.Deployer.GetAsync("/version", cancellationToken)).IsSuccess;
        }
        catch (HttpRequestException)
        {
            return false; // not yet
        }
    }

    private async Task MarkAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(MarkEvery, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            mark.Write(clock.GetUtcNow());
        }
    }

    private Uri OwnAddress() => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}
