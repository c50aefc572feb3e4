using System.Diagnostics;
using KubeLens.Contracts.Search;
using KubeLens.Portal.CopyAs;
using KubeLens.Portal.Tests.Fixtures;

namespace KubeLens.Portal.Tests.CopyAs;

public sealed class CommandTests
{
    private static readonly CallDetails Sample = SampleCalls.One(0, TimeProvider.System.GetUtcNow()) with { LabelSelector = "", Options = null };

    /// <summary>A call, as <c>verb resource[.group][/sub] [namespace] [name] [path]</c>, and its command.</summary>
    [Theory]
    [InlineData("get", "deployments.apps", "prod", "web", "", "kubectl get deployments.apps web -n prod -o yaml")]
    [InlineData("get", "nodes", "", "node-1", "", "kubectl get nodes node-1 -o yaml")]
    [InlineData("list", "pods", "prod", "", "", "kubectl get pods -n prod")]
    [InlineData("list", "pods", "", "", "", "kubectl get pods -A")]
    [InlineData("watch", "pods", "", "", "", "kubectl get pods -A --watch")]
    [InlineData("create", "pods", "prod", "web", "", "kubectl create -n prod -f body.json")]
    [InlineData("update", "leases.coordination.k8s.io", "kube-system", "x", "", "kubectl replace -n kube-system -f body.json")]
    [InlineData("patch", "deployments.apps", "prod", "web", "", "kubectl patch deployments.apps web -n prod --type=merge --patch-file=body.json")]
    [InlineData("patch", "deployments.apps/status", "prod", "web", "", "kubectl patch deployments.apps web -n prod --type=merge --patch-file=body.json --subresource=status")]
    [InlineData("delete", "pods", "prod", "web", "", "kubectl delete pods web -n prod")]
    [InlineData("deletecollection", "pods", "prod", "", "", "kubectl delete pods -n prod --all")]
    [InlineData("get", "pods/log", "prod", "web", "/api/v1/namespaces/prod/pods/web/log?container=app&follow=true", "kubectl logs -n prod web -c app -f")]
    [InlineData("create", "pods/exec", "prod", "web", "/api/v1/namespaces/prod/pods/web/exec?command=sh&command=-c&command=echo+%27hi%27+%24HOME&container=app&stdin=true&tty=true", "kubectl exec -n prod web -c app -i -t -- sh -c 'echo '\\''hi'\\'' $HOME'")]
    [InlineData("get", "nodes/proxy", "", "node-1", "/api/v1/nodes/node-1/proxy/metrics", "kubectl get --raw /api/v1/nodes/node-1/proxy/metrics")]
    [InlineData("get", "", "", "", "/healthz?verbose=true", "kubectl get --raw '/healthz?verbose=true'")]
    public void Kubectl_Call_IsTheCommandThatMakesIt(string verb, string resource, string ns, string name, string path, string command)
        => KubectlCommand.Of(Call(verb, resource, ns, name, path)).ShouldBe(command);

    [Fact]
    public void Kubectl_WhatTheCallAskedFor_IsAmongTheFlags()
    {
        var list = Call("list", "pods", "prod", "", "") with { LabelSelector = "app in (a,b)", FieldSelector = "status.phase=Running", ImpersonatedUser = "jane doe" };
        KubectlCommand.Of(list).ShouldBe("kubectl get pods -n prod -l 'app in (a,b)' --field-selector=status.phase=Running --as 'jane doe'");
        var options = SampleCalls.One(2, TimeProvider.System.GetUtcNow());
        KubectlCommand.Of(options).ShouldBe("kubectl apply --server-side --field-manager=kubectl -n prod -f body.yaml --dry-run=server");
    }

    [Fact]
    public void Curl_Call_HasNoTokenAndNoBodyOfIts()
    {
        var call = SampleCalls.One(2, TimeProvider.System.GetUtcNow());
        CurlCommand.Of(call).Split(" \\\n  ").ShouldBe(
        [
            "curl", "--cacert ca.crt", "-H \"Authorization: Bearer $TOKEN\"", "-X PATCH", "-H 'accept: application/json'", "-H 'content-type: application/json'", "--data-binary @body",
            "\"$SERVER\"/apis/apps/v1/namespaces/prod/deployments/web",
        ]);
    }

    /// <summary>Whatever was recorded, a shell that runs the line hands it over as it was.</summary>
    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("$(touch /tmp/owned) `id` ; & | > < \\ \" ' '' \n tab\t ~ * ? ! #")]
    [InlineData("-n")]
    [InlineData("ünïcode‮")]
    public async Task Quote_AnyText_IsOneWordToTheShell(string text)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '<%s>' {ShellWords.Join([text, "next"])}"]) { RedirectStandardOutput = true })!;
        (await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe($"<{text}><next>");
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static CallDetails Call(string verb, string resource, string ns, string name, string path)
    {
        var (whole, sub) = resource.Split('/') is [var before, var after] ? (before, after) : (resource, "");
        var (bare, group) = whole.Split('.', 2) is [var first, var rest] ? (first, rest) : (whole, "");
        return Sample with { Verb = verb, Resource = bare, ApiGroup = group, Subresource = sub, Namespace = ns, Name = name, Path = path.Length > 0 ? path : Sample.Path };
    }
}
