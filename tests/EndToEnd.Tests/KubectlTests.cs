using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>What a person does with kubectl works through the gateway, and each call is found with its bodies.</summary>
public sealed class KubectlTests(TestCluster cluster, SharedSystem shared) : IAsyncLifetime
{
    private readonly string _run = $"e2e-{Guid.NewGuid():N}"[..12];
    private Kubectl _kubectl = null!;
    private StoreApi _api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var access = await cluster.RequireAsync(Cancel);
        var system = await shared.RequireAsync(cluster, Cancel);
        (_kubectl, _api) = (access.KubectlWith(system.Kubeconfig), system.Api);
    }

    public async ValueTask DisposeAsync()
    {
        if (_kubectl is not null)
        {
            await _kubectl.RunAsync(["delete", "configmap,secret,pod", "-l", $"run={_run}", "--now", "--wait=false"], CancellationToken.None);
        }
    }

    [Fact]
    public async Task GetPodsInAllNamespaces_IsFoundByEveryField()
    {
        (await _kubectl.RunAsync(["get", "pods", "-A", "-l", $"run={_run}"], Cancel)).Require();

        var call = await _api.FindAsync($"verb:list resource:pods {_run}", Cancel);
        call.User.ShouldBe("admin");
        call.Groups.ShouldContain("system:masters");
        call.Caller.ShouldNotBeEmpty();
        call.Status.ShouldBe(200);
        call.Cluster.ShouldBe("test");
        call.UserAgent.ShouldStartWith("kubectl/");
        await FoundByAsync(call, $"user:{call.User}", "verb:list", "resource:pods", $"audit:{call.AuditId}", "status:200", "ua:kubectl*");
    }

    [Fact]
    public async Task CreateApplyPatchDelete_AreFoundWithTheirBodies()
    {
        (await _kubectl.RunAsync(["create", "-f", "-"], Cancel, ConfigMap("one"))).Require();
        (await _kubectl.RunAsync(["apply", "-f", "-"], Cancel, ConfigMap("two"))).Require();
        (await _kubectl.RunAsync(["patch", "configmap", _run, "--type=merge", "-p", """{"metadata":{"annotations":{"patched":"yes"}}}"""], Cancel)).Require();
        (await _kubectl.RunAsync(["delete", "configmap", _run], Cancel)).Require();

        var create = await OnlyAsync($"verb:create resource:configmaps name:{_run}");
        create.RequestBody!.Text.ShouldContain(_run);
        create.RequestBody.Text.ShouldNotContain("value-one");
        create.ResponseBody!.Text.ShouldContain("\"uid\"");
        create.Status.ShouldBe(201);
        await FoundByAsync(create, "user:admin", "verb:create", "resource:configmaps", "ns:default", $"name:{_run}", $"audit:{create.AuditId}");

        // The last call is found, so the ones before it are.
        (await OnlyAsync($"verb:delete name:{_run} ns:default")).ResponseBody!.Text.ShouldContain(_run);
        var patches = (await _api.SearchAsync($"verb:patch name:{_run} ns:default", Cancel)).Items;
        patches.Count.ShouldBe(2);
        (await _api.DetailsAsync(patches[0].Id, Cancel)).RequestBody!.Text.ShouldContain("patched");
    }

    [Fact]
    public async Task Secret_IsForwardedWholeAndStoredWithoutItsValue()
    {
        const string Value = "correct-horse-battery-staple";
        (await _kubectl.RunAsync(["create", "-f", "-"], Cancel, $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{_run}}}","labels":{"run":"{{{_run}}}"}},"stringData":{"password":"{{{Value}}}"}}""")).Require();
        var read = await _kubectl.RunAsync(["get", "secret", _run, "-o", "jsonpath={.data.password}"], Cancel);
        Convert.FromBase64String(read.Require()).ShouldBe(System.Text.Encoding.UTF8.GetBytes(Value));

        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Value));
        foreach (var verb in new[] { "create", "get" })
        {
            var call = await _api.DetailsAsync((await _api.FindAsync($"verb:{verb} resource:secrets name:{_run}", Cancel)).Id, Cancel);
            var text = call.RequestBody?.Text + call.ResponseBody!.Text;
            text.ShouldContain("password");
            text.ShouldContain("redacted");
            text.ShouldNotContain(Value);
            text.ShouldNotContain(encoded);
        }
    }

    [Fact]
    public async Task CreateSecretGeneric_WhichSendsProtobuf_IsFoundByNameWithItsMetadataAlone()
    {
        const string Value = "another-horse-another-battery";
        (await _kubectl.RunAsync(["create", "secret", "generic", _run, $"--from-literal=password={Value}"], Cancel)).Require();
        (await _kubectl.RunAsync(["label", "secret", _run, $"run={_run}"], Cancel)).Require();

        var call = await OnlyAsync($"verb:create resource:secrets name:{_run}");
        call.RequestBody!.ContentType.ShouldStartWith("application/vnd.kubernetes.protobuf");
        call.RequestBody.Note.ShouldBe("metadataOnly");
        call.RequestBody.Text.ShouldContain(_run);
        call.ResponseBody!.Text.ShouldContain("\"uid\"");
        (call.RequestBody.Text + call.ResponseBody.Text).ShouldNotContain(Value);
    }

    [Fact]
    public async Task GetWatch_DeliversEventsAtOnceAndIsFoundWhenItEnds()
    {
        await using var watch = _kubectl.Start("get", "configmaps", "-w", "-l", $"run={_run}");
        (await _kubectl.RunAsync(["create", "-f", "-"], Cancel, ConfigMap("one"))).Require();
        await watch.WaitForLineAsync(line => line.StartsWith(_run, StringComparison.Ordinal), Cancel);
        watch.Signal(Signals.Interrupt);
        await watch.WaitForExitAsync(Cancel);

        var call = await _api.FindAsync($"verb:watch resource:configmaps {_run} -is:inflight", Cancel);
        call.Status.ShouldBe(200);
        var details = await _api.DetailsAsync(call.Id, Cancel);
        details.Outcome.ShouldBe("clientLeft");
        details.ResponseBody!.Text.ShouldContain("ADDED");
    }

    [Fact]
    public async Task LogsFollowExecAndPortForward_WorkAndAreFound()
    {
        await cluster.RequireNodeAsync(Cancel);
        await StartPodAsync();

        await using (var logs = _kubectl.Start("logs", "-f", _run))
        {
            await logs.WaitForLineAsync(line => line.Contains("hello from the pod", StringComparison.Ordinal), Cancel);
            logs.Signal(Signals.Interrupt);
            await logs.WaitForExitAsync(Cancel);
        }

        var exec = await _kubectl.RunAsync(["exec", "-i", _run, "--", "sh", "-c", "cat; exit 7"], Cancel, "typed on stdin\n");
        exec.ExitCode.ShouldBe(7);
        exec.Output.ShouldContain("typed on stdin");

        await using (var terminal = _kubectl.StartOnTerminal("exec", "-it", _run, "--", "sh"))
        {
            await terminal.Input.WriteLineAsync("tty && echo on-a-$((6*7))-terminal && exit 3".AsMemory(), Cancel);
            await terminal.WaitForLineAsync(line => line.Contains("on-a-42-terminal", StringComparison.Ordinal), Cancel);
            (await terminal.WaitForExitAsync(Cancel)).ShouldBe(3);
        }

        await using (var forward = _kubectl.Start("port-forward", $"pod/{_run}", ":8080"))
        {
            var line = await forward.WaitForLineAsync(line => line.StartsWith("Forwarding from 127.0.0.1", StringComparison.Ordinal), Cancel);
            var port = line.Split(':', ' ')[3];
            using var http = new HttpClient();
            (await http.GetStringAsync($"http://127.0.0.1:{port}/index.html", Cancel)).ShouldContain("served by the pod");
            forward.Signal(Signals.Interrupt);
            await forward.WaitForExitAsync(Cancel);
        }

        (await _api.FindAsync($"resource:pods/log verb:get ns:default name:{_run}", Cancel)).Status.ShouldBe(200);
        (await _api.FindAsync($"resource:pods/exec verb:create ns:default name:{_run} user:admin status:101", Cancel)).ResponseBytes.ShouldBeGreaterThan(0);
        (await _api.FindAsync($"resource:pods/portforward verb:create ns:default name:{_run}", Cancel)).Status.ShouldBe(101);
    }

    [Fact]
    public async Task FactsOfWrites_AreFoundByTheirQueries()
    {
        (await _kubectl.RunAsync(["create", "-f", "-"], Cancel, $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"{{{_run}}}-","labels":{"run":"{{{_run}}}"} } }""")).Require();
        (await _kubectl.RunAsync(["apply", "--server-side", "--field-manager", _run, "-f", "-"], Cancel, ConfigMap("one"))).Require();
        (await _kubectl.RunAsync(["apply", "--server-side", "--dry-run=server", "--field-manager", _run, "-f", "-"], Cancel, ConfigMap("two"))).Require();
        var created = await OnlyAsync($"client:\"kubectl create\" verb:create resource:configmaps name:{_run}-*");
        created.Object.Uid.ShouldNotBeEmpty();
        await FoundByAsync(created, $"uid:{created.Object.Uid}", $"rv:{created.Object.ResourceVersion}", $"session:{created.Program.Session}", "client:kubectl", "dryrun:false", "kind:human", "-is:system");

        var applied = await OnlyAsync($"fieldmanager:{_run} dryrun:false");
        applied.Options!.PatchType.ShouldBe("apply");
        (await OnlyAsync($"fieldmanager:{_run} dryrun:true")).Object.Uid.ShouldBe(applied.Object.Uid);

        var stale = await _kubectl.RunAsync(["delete", "--raw", $"/api/v1/namespaces/default/configmaps/{_run}", "-f", "-"], Cancel, """{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"resourceVersion":"1"}}""");
        stale.ExitCode.ShouldNotBe(0);
        var refused = await OnlyAsync($"verb:delete name:{_run} status:409");
        (refused.Object.ResourceVersionBefore, refused.Message.Length > 0).ShouldBe(("1", true));
    }

    [Fact]
    public async Task FactsOfLists_AreFoundByTheirQueries()
    {
        foreach (var i in new[] { 1, 2, 3 })
        {
            (await _kubectl.RunAsync(["create", "-f", "-"], Cancel, $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{_run}}}-{{{i}}}","labels":{"run":"{{{_run}}}"} } }""")).Require();
        }

        (await _kubectl.RunAsync(["get", "configmaps", "--chunk-size=2", "-l", $"run={_run}"], Cancel)).Require();
        await _api.FindAsync($"verb:list selector:run={_run} path:*configmaps", Cancel);
        await Eventually.Async(async () => (await _api.SearchAsync($"verb:list selector:run={_run}", Cancel)).Items.Count == 2, Cancel, TimeSpan.FromSeconds(5), "both pages");
        var pages = (await _api.SearchAsync($"verb:list selector:run={_run}", Cancel)).Items;
        var last = await _api.DetailsAsync(pages[0].Id, Cancel);
        var first = await _api.DetailsAsync(pages[1].Id, Cancel);
        (first.Options!.Limit, first.Options.Continued, last.Options!.Continued).ShouldBe((2, false, true));
        first.Listing.ShouldBe(new ListingItem("page", 2, null, true));
        last.Listing.ShouldBe(new ListingItem("page", 1, null, false));
        first.Program.Session.ShouldBe(last.Program.Session);
    }

    [Fact]
    public async Task DeprecatedVersion_IsFoundByItsWarning()
    {
        var old = await _kubectl.RunAsync(["get", "--raw", "/apis/extensions/v1beta1/ingresses?labelSelector=run%3D" + _run], Cancel);
        Assert.SkipWhen(old.ExitCode != 0, "This Kubernetes has no extensions/v1beta1 Ingress any more.");

        var call = await OnlyAsync($"is:deprecated selector:run={_run}");
        call.Advice.Warnings.ShouldHaveSingleItem().ShouldContain("extensions/v1beta1 Ingress is deprecated");
        await FoundByAsync(call, "warning:~deprecated", "warning:*");
    }

    private async Task<CallDetails> OnlyAsync(string query)
    {
        await _api.FindAsync(query, Cancel);
        return await _api.DetailsAsync((await _api.SearchAsync(query, Cancel)).Items.ShouldHaveSingleItem().Id, Cancel);
    }

    private async Task FoundByAsync(CallItem call, params string[] terms)
    {
        foreach (var term in terms)
        {
            (await _api.SearchAsync($"{term} audit:{call.AuditId}", Cancel)).Items.ShouldHaveSingleItem(term).Id.ShouldBe(call.Id);
        }
    }

    private async Task StartPodAsync()
    {
        (await _kubectl.RunAsync(["create", "-f", "-"], Cancel, $$$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: {{{_run}}}, labels: {run: {{{_run}}} }}
            spec:
              hostNetwork: true
              terminationGracePeriodSeconds: 0
              containers:
              - name: main
                image: localhost/test/busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "mkdir -p /tmp/www; echo served by the pod > /tmp/www/index.html; httpd -p 127.0.0.1:8080 -h /tmp/www; while true; do echo hello from the pod; sleep 1; done"]
            """)).Require();
        (await _kubectl.RunAsync(["wait", "--for=condition=Ready", $"pod/{_run}", "--timeout=60s"], Cancel, deadline: TimeSpan.FromSeconds(70))).Require();
    }

    private string ConfigMap(string value) => $$$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: {{{_run}}}, namespace: default, labels: {run: {{{_run}}} }}
        data: {key: value-{{{value}}} }
        """;
}
