using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Pods;

/// <summary>
/// A real pod whose <c>KUBERNETES_SERVICE_HOST</c> points at a gateway, with the projected token, authority and namespace that a
/// kubelet mounts. Its image has no curl: it borrows the one of its node's machine, libraries included.
/// </summary>
internal sealed class CallingPod : IAsyncDisposable
{
    public const string Name = "caller";

    private const string Curl = "/usr/bin/curl";
    private const string Account = "/var/run/secrets/kubernetes.io/serviceaccount";

    private readonly Kubectl _admin;

    private CallingPod(Kubectl admin, string ns) => (_admin, Namespace) = (admin, ns);

    public string Namespace { get; }

    /// <param name="authority">PEM: what the pod finds as its <c>ca.crt</c>.</param>
    public static async Task<CallingPod> StartAsync(ClusterAccess cluster, string host, int port, string authority, CancellationToken cancellationToken)
    {
        var pod = new CallingPod(cluster.Kubectl("admin"), $"pod{Guid.NewGuid():N}"[..10]);
        try
        {
            await pod.CreateAsync(host, port, authority, cancellationToken);
            return pod;
        }
        catch
        {
            await pod.DisposeAsync();
            throw;
        }
    }

    /// <summary>What curl in the pod prints for a path of <c>https://$KUBERNETES_SERVICE_HOST</c>: the body, then the status on a line of its own.</summary>
    public async Task<string> CurlAsync(string path, bool withToken, CancellationToken cancellationToken)
    {
        var token = withToken ? "-H \"Authorization: Bearer $(cat token)\"" : "";
        return (await ShellAsync($"cd {Account} && {Curl} -sS -w '\\n%{{http_code}}' --cacert ca.crt {token} \"https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT{path}\"", cancellationToken)).Require();
    }

    public async ValueTask DisposeAsync() => await _admin.RunAsync(["delete", "namespace", Namespace, "--wait=false"], CancellationToken.None);

    private async Task CreateAsync(string host, int port, string authority, CancellationToken cancellationToken)
    {
        (await _admin.RunAsync(["create", "namespace", Namespace], cancellationToken)).Require();
        await Eventually.Async(async () => (await _admin.RunAsync(["get", "serviceaccount", "default", "--namespace", Namespace], cancellationToken)).ExitCode == 0, cancellationToken, what: "the namespace's service account");
        (await _admin.RunAsync(["create", "configmap", "authority", "--namespace", Namespace, $"--from-literal=ca.crt={authority}"], cancellationToken)).Require();
        (await _admin.RunAsync(["create", "rolebinding", "may-view", "--namespace", Namespace, "--clusterrole=view", $"--serviceaccount={Namespace}:default"], cancellationToken)).Require();
        (await _admin.RunAsync(["create", "rolebinding", "gateway-may-view", "--namespace", Namespace, "--clusterrole=view", "--user=gateway"], cancellationToken)).Require();
        (await _admin.RunAsync(["create", "-f", "-"], cancellationToken, Manifest(host, port))).Require();
        (await _admin.RunAsync(["wait", "--for=condition=Ready", $"pod/{Name}", "--namespace", Namespace, "--timeout=90s"], cancellationToken, deadline: TimeSpan.FromSeconds(100))).Require();
        Assert.SkipUnless((await ShellAsync($"{Curl} --version", cancellationToken)).ExitCode == 0, $"The machine of the cluster's node has no {Curl} for the pod to borrow.");
    }

    private Task<ProcessResult> ShellAsync(string script, CancellationToken cancellationToken) =>
        _admin.RunAsync(["exec", Name, "--namespace", Namespace, "--", "sh", "-c", script], cancellationToken);

    private string Manifest(string host, int port) => $$$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: {{{Name}}}, namespace: {{{Namespace}}}}
        spec:
          hostNetwork: true
          hostAliases: [{ip: 127.0.0.1, hostnames: [kubernetes.default.svc]}]
          automountServiceAccountToken: false
          terminationGracePeriodSeconds: 0
          containers:
          - name: main
            image: localhost/test/busybox:1
            imagePullPolicy: Never
            command: [sleep, "600"]
            env:
            - {name: KUBERNETES_SERVICE_HOST, value: "{{{host}}}"}
            - {name: KUBERNETES_SERVICE_PORT, value: "{{{port}}}"}
            volumeMounts:
            - {name: account, mountPath: {{{Account}}}, readOnly: true}
            - {name: usr, mountPath: /usr, readOnly: true}
            - {name: lib, mountPath: /lib, readOnly: true}
            - {name: lib64, mountPath: /lib64, readOnly: true}
          volumes:
          - name: account
            projected:
              sources:
              - serviceAccountToken: {path: token, expirationSeconds: 3600}
              - configMap: {name: authority, items: [{key: ca.crt, path: ca.crt}]}
              - downwardAPI: {items: [{path: namespace, fieldRef: {fieldPath: metadata.namespace}}]}
          - {name: usr, hostPath: {path: /usr}}
          - {name: lib, hostPath: {path: /usr/lib}}
          - {name: lib64, hostPath: {path: /usr/lib64}}
        """;
}
