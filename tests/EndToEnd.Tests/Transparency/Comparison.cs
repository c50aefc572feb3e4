using System.Collections.Concurrent;
using KubeLens.Contracts.Calls;
using KubeLens.EndToEnd.Tests.Transparency.Operations;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>Every operation directly and in each wanted identity mode, once, side by side.</summary>
internal sealed class Comparison
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _seen = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IReadOnlyList<Operation> Operations => [.. Lanes.SelectMany(lane => lane)];

    // Each in a namespace of its own, side by side; the operations of one follow one another.
    private static IReadOnlyList<IReadOnlyList<Operation>> Lanes { get; } = [KubectlOperations.All, [.. RawOperations.All, .. WireOperations.All], PodOperations.All];

    /// <summary>Runs all of it and says what differed.</summary>
    public async Task<IReadOnlyList<Difference>> RunAsync(ClusterAccess cluster, IReadOnlyCollection<string> modes)
    {
        await using var scene = new Scene(cluster);
        var audit = new AuditLog(cluster);
        await scene.PrepareAsync();
        var authority = scene.Folder("ca.crt");
        await File.WriteAllBytesAsync(authority, Convert.FromBase64String(new ApiAccess(cluster.Kubeconfig("admin")).Authority), Cancel);
        var clients = new List<Client>();
        try
        {
            foreach (var mode in modes)
            {
                if (await ClientAsync(mode, cluster, scene, authority) is { } client)
                {
                    clients.Add(client);
                }
            }

            return await CompareAsync(clients, scene, audit);
        }
        finally
        {
            foreach (var client in clients)
            {
                await client.Gateway.DisposeAsync();
            }
        }
    }

    // Null where the cluster has no front-proxy certificate to lend.
    private static async Task<Client?> ClientAsync(string mode, ClusterAccess cluster, Scene scene, string authority)
    {
        var admin = cluster.Kubeconfig("admin");
        switch (mode)
        {
            case "credential":
                var credential = await TransparentGateway.StartAsync(scene.TokenKubeconfig, mode, Cancel);
                return new Client(mode, scene.TokenKubeconfig, credential.Issued, credential);
            case "passthrough":
                var passthrough = await TransparentGateway.StartAsync(cluster.Kubeconfig("gateway"), mode, Cancel);
                return new Client(mode, scene.TokenKubeconfig, passthrough.WithUserOf(scene.TokenKubeconfig), passthrough);
            case "impersonate":
                var impersonate = await TransparentGateway.StartAsync(cluster.Kubeconfig("gateway"), mode, Cancel, ("Identity__ClientCaFile", authority));
                return new Client(mode, admin, impersonate.WithUserOf(admin), impersonate);
            case "front-proxy" when cluster.FrontProxy is { } pair:
                var frontProxy = await TransparentGateway.StartAsync(
                    cluster.Kubeconfig("gateway"), mode, Cancel, ("Identity__ClientCaFile", authority), ("Identity__FrontProxy__CertificateFile", pair.Certificate), ("Identity__FrontProxy__KeyFile", pair.Key));
                return new Client(mode, admin, frontProxy.WithUserOf(admin), frontProxy);
            case "front-proxy":
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "credential, passthrough, impersonate or front-proxy");
        }
    }

    private async Task<IReadOnlyList<Difference>> CompareAsync(IReadOnlyList<Client> clients, Scene scene, AuditLog audit)
    {
        // A side for each client and lane: t1a2b3c + a…f for the client + k…m for the lane.
        var kubeconfigs = clients.SelectMany(client => new[] { client.Direct, client.Through }).Distinct().ToList();
        var sides = (await Task.WhenAll(kubeconfigs.SelectMany((kubeconfig, i) => Lanes.Select(async (lane, j) =>
            (Kubeconfig: kubeconfig, Lane: lane, Side: await scene.SideAsync($"{(char)('a' + i)}{(char)('k' + j)}", kubeconfig)))))).ToDictionary(side => (side.Kubeconfig, side.Lane), side => side.Side);
        await Task.WhenAll(sides.Select(side => RunAsync(side.Key.Lane, side.Value)));

        var events = (await audit.SettledAsync(scene.Run, Cancel)).ToLookup(e => e.Agent);
        return
        [
            .. from client in clients
               from lane in Lanes
               let direct = sides[(client.Direct, lane)]
               let through = sides[(client.Through, lane)]
               from operation in lane
               from difference in Compare(client.Mode, operation, direct, through)
                   .Concat(CompareAudit(client.Mode, operation, events, direct, through))
                   .Concat(CompareRecords(client.Mode, operation, events[$"{through.Namespace}-{operation.Name}"], client.Gateway.Sink))
               select difference,
        ];
    }

    private async Task RunAsync(IReadOnlyList<Operation> lane, Side side)
    {
        foreach (var operation in lane)
        {
            side.Begin(operation.Name);
            try
            {
                _seen[Key(side, operation)] = (await operation.RunAsync(side).WaitAsync(Deadline, Cancel)).Aspects;
            }
            catch (Exception failure) when (failure is TimeoutException or IOException or InvalidOperationException or HttpRequestException)
            {
                _seen[Key(side, operation)] = new Observation().With("failure", $"{failure.GetType().Name} {failure.Message}").Aspects;
            }
        }
    }

    private IEnumerable<Difference> Compare(string mode, Operation operation, Side direct, Side through)
    {
        var (left, right) = (_seen[Key(direct, operation)], _seen[Key(through, operation)]);
        foreach (var aspect in left.Keys.Union(right.Keys))
        {
            var (a, b) = (Seen(left, aspect, direct), Seen(right, aspect, through));
            if (a != b)
            {
                yield return new Difference(mode, operation.Name, aspect, a, b);
            }
        }
    }

    // kubectl asks again, and asks in parallel, as the machine's speed has it: what it asked counts, not how often.
    private static IEnumerable<Difference> CompareAudit(string mode, Operation operation, ILookup<string, AuditEvent> events, Side direct, Side through)
    {
        var (a, b) = (Text(direct), Text(through));
        if (a != b)
        {
            yield return new Difference(mode, operation.Name, "audit", a, b);
        }

        string Text(Side side) => string.Join('\n', events[$"{side.Namespace}-{operation.Name}"].Select(e => Normalizer.Normalize($"{e}", side)).Distinct().Order(StringComparer.Ordinal));
    }

    // The gateway's own record of each call says what the apiserver says of it.
    private static IEnumerable<Difference> CompareRecords(string mode, Operation operation, IEnumerable<AuditEvent> events, RecordSink sink)
    {
        foreach (var e in events)
        {
            var records = sink.Matching(call => $"{call.AuditId}" == e.AuditId);
            var (a, b) = ($"{e.User} {e.Verb} {e.Resource}/{e.Subresource} {e.Code}", string.Join('\n', records.Select(Text)));
            if (a != b)
            {
                yield return new Difference(mode, operation.Name, $"record of {e.Verb} {e.Resource}/{e.Subresource}", a, b);
            }

            string Text(CallRecord call) => $"{(call.ImpersonatedUser.Length > 0 ? call.ImpersonatedUser : call.User)} {call.Verb} {(e.IsResource ? call.Resource : call.Path)}/{call.Subresource} {call.Status}";
        }
    }

    private static string Seen(IReadOnlyDictionary<string, string> aspects, string aspect, Side side) => aspects.TryGetValue(aspect, out var value) ? Normalizer.Normalize(value, side) : "(absent)";

    private static string Key(Side side, Operation operation) => $"{side.Namespace}/{operation.Name}";

    private sealed record Client(string Mode, string Direct, string Through, TransparentGateway Gateway);
}
