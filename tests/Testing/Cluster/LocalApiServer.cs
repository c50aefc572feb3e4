using System.Runtime.InteropServices;

namespace KubeLens.Testing;

/// <summary>An etcd and a kube-apiserver of our own, on free loopback ports, in a temporary folder. They end with the test process.</summary>
internal sealed class LocalApiServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new("cluster");
    private readonly string _assets;
    private readonly IReadOnlyList<string> _arguments;
    private readonly List<TestProcess> _processes = [];

    private LocalApiServer(string assets, string kubectl, IReadOnlyList<string> arguments)
    {
        _arguments = arguments;
        _assets = assets;
        Access = new ClusterAccess(_folder.Path, kubectl, _folder.Path) { AuditLog = _folder["audit.log"], Serving = (_folder["apiserver.crt"], _folder["apiserver.key"]) };
    }

    public ClusterAccess Access { get; }

    public static async Task<LocalApiServer> StartAsync(string assets, string kubectl, CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new LocalApiServer(assets, kubectl, arguments);
            try
            {
                await server.StartAsync(cancellationToken);
                return server;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                // A free port may be taken by another process before ours listens on it.
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            process.Input.Close();
            await process.WaitForExitAsync(CancellationToken.None);
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var pki = new LocalPki(_folder.Path, TimeProvider.System);
        pki.CreateServer("apiserver");
        pki.CreateTokenKey("tokens");
        pki.CreateClient("admin", "O=system:masters, CN=admin");
        pki.CreateClient("alice", "O=dev, CN=alice");
        pki.CreateClient("gateway", "O=gateways, CN=gateway");

        var ports = Ports.Free(3);
        var (etcd, port) = ($"http://127.0.0.1:{ports[0]}", ports[1]);
        StartEtcd(etcd, $"http://127.0.0.1:{ports[2]}");
        var apiServer = StartApiServer(pki, etcd, port);

        var kubeconfigs = new LocalKubeconfigs(_folder.Path, pki, $"https://127.0.0.1:{port}");
        foreach (var user in (string[])["admin", "alice", "gateway"])
        {
            kubeconfigs.WriteCertificateUser(user);
        }

        var admin = Access.Kubectl("admin");
        await WaitUntilReadyAsync(apiServer, admin, cancellationToken);
        (await admin.RunAsync(["apply", "-f", "-"], cancellationToken, LocalRoles.Manifest)).Require();
        await kubeconfigs.WriteServiceAccountAsync("app", admin, cancellationToken);
        await WaitUntilRolesCountAsync(cancellationToken);
    }

    private void StartEtcd(string address, string peer) =>
        Start("etcd",
            "--name=test", $"--data-dir={_folder["etcd"]}", $"--listen-client-urls={address}", $"--advertise-client-urls={address}",
            $"--listen-peer-urls={peer}", $"--initial-advertise-peer-urls={peer}", $"--initial-cluster=test={peer}", "--unsafe-no-fsync");

    private TestProcess StartApiServer(LocalPki pki, string etcd, int port)
    {
        File.WriteAllText(_folder["audit-policy.yaml"], """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            - {level: None, nonResourceURLs: ["/readyz*", "/livez*", "/healthz*"]}
            - {level: RequestResponse}
            """);

        // Without controllers no pod gets a token: the admission plugin that wants one is off, as in envtest.
        return Start("kube-apiserver",
        [
            "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", $"--secure-port={port}", "--endpoint-reconciler-type=none",
            $"--etcd-servers={etcd}", "--service-cluster-ip-range=10.96.0.0/24", $"--cert-dir={_folder["certs"]}",
            $"--tls-cert-file={pki.Certificate("apiserver")}", $"--tls-private-key-file={pki.Key("apiserver")}", $"--client-ca-file={pki.Certificate("ca")}",
            "--service-account-issuer=https://kubernetes.default.svc", $"--service-account-key-file={pki.Key("tokens")}", $"--service-account-signing-key-file={pki.Key("tokens")}",
            "--authorization-mode=RBAC", "--disable-admission-plugins=ServiceAccount", "--allow-privileged=true",
            $"--audit-policy-file={_folder["audit-policy.yaml"]}", $"--audit-log-path={_folder["audit.log"]}", .. _arguments,
        ]);
    }

    private TestProcess Start(string program, params string[] arguments)
    {
        var process = TestProcess.Start(new TestCommand(Path.Combine(_assets, program), arguments)
        {
            WorkingDirectory = _folder.Path,
            Leash = new Leash(PosixSignal.SIGTERM, _folder.Path),
        });
        _processes.Add(process);
        return process;
    }

    private static async Task WaitUntilReadyAsync(TestProcess apiServer, Kubectl admin, CancellationToken cancellationToken)
        => await Eventually.Async(
            async () =>
            {
                if (apiServer.HasExited)
                {
                    throw new InvalidOperationException($"kube-apiserver ended:\n{string.Join('\n', apiServer.Lines.TakeLast(20))}");
                }

                var ready = await admin.RunAsync(["get", "--raw", "/readyz", "--request-timeout", "5s"], cancellationToken);
                var account = ready.ExitCode == 0 ? await admin.RunAsync(["get", "namespace", "default"], cancellationToken) : ready;
                return account.ExitCode == 0;
            },
            cancellationToken,
            TimeSpan.FromMinutes(2),
            "kube-apiserver is ready");

    /// <summary>The apiserver's authorizer learns of new roles by a watch of its own, a little later.</summary>
    private async Task WaitUntilRolesCountAsync(CancellationToken cancellationToken)
    {
        foreach (var (user, verb, resource) in ((string, string, string)[])[("alice", "list", "pods"), ("app", "list", "pods"), ("gateway", "impersonate", "users"), ("gateway", "create", "tokenreviews")])
        {
            await Eventually.Async(
                async () => (await Access.Kubectl(user).RunAsync(["auth", "can-i", verb, resource], cancellationToken)).ExitCode == 0,
                cancellationToken,
                what: $"{user} may {verb} {resource}");
        }
    }
}
