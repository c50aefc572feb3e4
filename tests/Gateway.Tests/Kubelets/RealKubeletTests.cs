using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Connect;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Kubelets;

/// <summary>The kubelet of a real node, with its own authentication and authorization by webhook.</summary>
public sealed class RealKubeletTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Impersonate_CertificateAndBearer_AreAnsweredByTheGatewaysCredentialAsFarAsTheirRightsGo()
    {
        await using var scene = await Scene.StartAsync(cluster, "impersonate");
        using var certificate = scene.Gateway.Client();
        using var token = scene.WithToken();
        using var nobody = scene.Gateway.Client(withCertificate: false);

        (await certificate.GetAsync($"{scene.Kubelet}/metrics?certificate", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await token.GetAsync($"{scene.Kubelet}/metrics?bearer", Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldContain("kubelet_node_name");
        (await nobody.GetAsync($"{scene.Kubelet}/metrics?nobody", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var refused = await token.GetAsync($"{scene.Kubelet}/pods", Cancel);
        (await refused.ShouldBeStatusAsync(403, "Forbidden")).ShouldContain($"\"{Scene.App}\" may not get nodes/pods (or nodes/proxy) of node \"{scene.Node}\"");
        (await certificate.GetAsync($"{scene.Kubelet}/logs/", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var user = IssuedKubeconfig.UserName(Environment.UserName);
        await scene.ShouldHaveAsync("certificate", 200, user, "certificate", "metrics");
        await scene.ShouldHaveAsync("bearer", 200, Scene.App, "token-review", "metrics");
        await scene.ShouldHaveAsync("nobody", 401, "", "", "metrics");
        var call = await scene.Gateway.Sink.SingleAsync(c => c.Path == "/pods", Cancel);
        (call.User, call.Status, call.Reason, call.Outcome, call.Verb, call.Resource, call.Name, call.Subresource).ShouldBe((Scene.App, 403, "Forbidden", CallOutcome.Refused, "get", "nodes", scene.Node, "pods"));
    }

    [Fact]
    public async Task Passthrough_Bearer_IsTheCallersOwnAndTheKubeletDecides()
    {
        await using var scene = await Scene.StartAsync(cluster, "passthrough");
        using var token = scene.WithToken();
        using var certificate = scene.Gateway.Client();

        (await token.GetAsync($"{scene.Kubelet}/metrics?bearer", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await token.GetAsync($"{scene.Kubelet}/pods", Cancel);
        // The kubelet's own words: the gateway's certificate, which may do all, was not shown.
        (refused.StatusCode, await refused.Content.ReadAsStringAsync(Cancel)).ShouldBe((HttpStatusCode.Forbidden, $"Forbidden (user={Scene.App}, verb=get, resource=nodes, subresource=proxy)"));
        (await certificate.GetAsync($"{scene.Kubelet}/metrics?nobody", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await scene.ShouldHaveAsync("bearer", 200, Scene.App, "token-review", "metrics");
        await scene.ShouldHaveAsync("nobody", 401, "", "", "metrics");
        var call = await scene.Gateway.Sink.SingleAsync(c => c.Path == "/pods", Cancel);
        (call.User, call.Status, call.Outcome, call.Upstream.CertificateSubject).ShouldBe((Scene.App, 403, CallOutcome.Completed, "CN=127.0.0.1"));
    }

    [Fact]
    public async Task Impersonate_RightToProxy_RunsShowsLogsAndExecutesInAPod()
    {
        await using var scene = await Scene.StartAsync(cluster, "impersonate", "proxy");
        var pod = await scene.PodAsync();
        using var token = scene.WithToken();

        using var run = await token.PostAsync($"{scene.Kubelet}/run/{pod}?cmd=echo%20run", null, Cancel);
        (run.StatusCode, await run.Content.ReadAsStringAsync(Cancel)).ShouldBe((HttpStatusCode.OK, "run\n"));
        using var logs = new StreamReader(await token.GetStreamAsync($"{scene.Kubelet}/containerLogs/{pod}?follow=true", Cancel));
        (await logs.ReadLineAsync(Cancel)).ShouldBe("said at once"); // and the container goes on
        (await scene.ExecuteAsync($"/exec/{pod}?command=echo&command=executed&output=1")).ShouldBe("executed\n");

        var call = await scene.Gateway.Sink.SingleAsync(c => c.Path == $"/exec/{pod}", Cancel);
        (call.User, call.Verb, call.Subresource, call.Status, call.Outcome).ShouldBe((Scene.App, "get", "proxy", 101, CallOutcome.UpgradeEnded));
        (await scene.Gateway.Sink.SingleAsync(c => c.Path == $"/run/{pod}", Cancel)).Verb.ShouldBe("create");
    }

    /// <summary>A gateway before the cluster and its kubelet, and callers with a right on nodes.</summary>
    private sealed class Scene(RealGateway gateway, ClusterAccess access, string node) : IAsyncDisposable
    {
        public const string App = "system:serviceaccount:default:app";

        private readonly string _name = $"kubelet-{Guid.NewGuid():N}"[..14];

        public RealGateway Gateway => gateway;

        public string Node => node;

        /// <summary>Its path on the gateway.</summary>
        public string Kubelet => $"/kubelets/{node}";

        public static async Task<Scene> StartAsync(TestCluster cluster, string mode, string subresource = "metrics")
        {
            var access = await cluster.RequireNodeAsync(Cancel);
            Assert.SkipUnless(access.KubeletClient is not null, "A client certificate for the cluster's kubelets is not known: ../pki/apiserver-kubelet-client.{crt,key} beside the kubeconfigs.");
            var (certificate, key) = access.KubeletClient!.Value;
            var nodes = JsonDocument.Parse((await access.Kubectl("admin").RunAsync(["get", "nodes", "--output", "json"], Cancel)).Require()).RootElement.GetProperty("items")[0];
            var name = nodes.GetProperty("metadata").GetProperty("name").GetString()!;
            var status = nodes.GetProperty("status");
            var host = status.GetProperty("addresses").EnumerateArray().First(address => address.GetProperty("type").GetString() == "InternalIP").GetProperty("address").GetString();
            var port = status.GetProperty("daemonEndpoints").GetProperty("kubeletEndpoint").GetProperty("Port").GetInt32();
            var gateway = await RealGateway.StartAsync(
                access,
                "gateway",
                mode,
                ($"Kubelets__{name}__Address", $"https://{host}:{port}"),
                ($"Kubelets__{name}__AuthorityFile", Path.Combine(Path.GetDirectoryName(certificate)!, "ca.crt")),
                ($"Kubelets__{name}__CertificateFile", certificate),
                ($"Kubelets__{name}__KeyFile", key));
            var scene = new Scene(gateway, access, name);
            await scene.AllowAsync(subresource);
            return scene;
        }

        public HttpClient WithToken()
        {
            var client = gateway.Client(withCertificate: false);
            client.DefaultRequestHeaders.Authorization = new("Bearer", gateway.AppToken);
            return client;
        }

        public async Task ShouldHaveAsync(string query, int status, string user, string source, string subresource)
        {
            var call = await gateway.Sink.SingleAsync(c => c.Query == query, Cancel);
            (call.Status, call.User, call.UserSource, call.Verb, call.Resource, call.Name, call.Subresource).ShouldBe((status, user, source, "get", "nodes", node, subresource));
        }

        /// <summary>A pod that has said something: namespace/pod/container.</summary>
        public async Task<string> PodAsync()
        {
            (await Admin(["create", "--namespace", "default", "-f", "-"], $$"""
                apiVersion: v1
                kind: Pod
                metadata: {name: {{_name}}}
                spec:
                  hostNetwork: true
                  automountServiceAccountToken: false
                  terminationGracePeriodSeconds: 0
                  containers: [{name: main, image: "localhost/test/busybox:1", imagePullPolicy: Never, command: [sh, -c, "echo said at once; sleep 600"]}]
                """)).Require();
            (await access.Kubectl("admin").RunAsync(["wait", "--namespace", "default", "--for=condition=Ready", $"pod/{_name}", "--timeout=90s"], Cancel, deadline: TimeSpan.FromSeconds(100))).Require();
            return $"default/{_name}/main";
        }

        /// <summary>What a command in a pod prints, over a WebSocket: the first byte of each message names the stream, and 1 is its output.</summary>
        public async Task<string> ExecuteAsync(string target)
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("v4.channel.k8s.io");
            socket.Options.SetRequestHeader("Authorization", $"Bearer {gateway.AppToken}");
            using var invoker = new HttpMessageInvoker(gateway.Handler(withCertificate: false));
            await socket.ConnectAsync(new Uri(new UriBuilder(gateway.Address) { Scheme = "wss" }.Uri, Kubelet + target), invoker, Cancel);
            var output = new StringBuilder();
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, Cancel) is { MessageType: not WebSocketMessageType.Close } message)
            {
                if (message.Count > 1 && buffer[0] == 1)
                {
                    output.Append(Encoding.UTF8.GetString(buffer, 1, message.Count - 1));
                }
            }

            return output.ToString();
        }

        public async ValueTask DisposeAsync()
        {
            await gateway.DisposeAsync();
            await access.Kubectl("admin").RunAsync(["delete", "clusterrole,clusterrolebinding", _name], CancellationToken.None);
            await access.Kubectl("admin").RunAsync(["delete", "pod", _name, "--namespace", "default", "--ignore-not-found", "--now", "--wait=false"], CancellationToken.None);
        }

        private async Task AllowAsync(string subresource)
        {
            (await Admin(["create", "clusterrole", _name, "--verb=get,create", $"--resource=nodes/{subresource}"])).Require();
            (await Admin(["create", "clusterrolebinding", _name, $"--clusterrole={_name}", $"--user={IssuedKubeconfig.UserName(Environment.UserName)}", "--serviceaccount=default:app"])).Require();
            await Eventually.Async(
                async () => (await access.Kubectl("app").RunAsync(["auth", "can-i", "get", $"nodes/{node}", $"--subresource={subresource}"], Cancel)).ExitCode == 0,
                Cancel,
                what: "the apiserver knows of the right");
        }

        private Task<ProcessResult> Admin(string[] arguments, string input = "") => access.Kubectl("admin").RunAsync(arguments, Cancel, input);
    }
}
