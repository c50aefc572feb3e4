using System.Collections.Concurrent;
using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Identity.Modes;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Identity.Workloads;

/// <summary>Pod and node in the records of calls by token, before a scripted apiserver of either age.</summary>
public sealed class WorkloadTests() : ModeGateway("impersonate")
{
    private readonly ConcurrentQueue<string> _asked = new();
    private Func<HttpContext, Task> _pod = context => context.Response.WriteAsync("""{"metadata":{"uid":"u-1"},"spec":{"nodeName":"worker-1"}}""");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_TokenSaysItsNode_NothingIsAsked()
    {
        Server.Users["new"] = User("ci", """  "authentication.kubernetes.io/pod-name":["ci-0"],"authentication.kubernetes.io/pod-uid":["u-1"],"authentication.kubernetes.io/node-name":["worker-7"]  """);

        var call = await CallAsync("new", "/api/v1/nodes/a");

        (call.User, call.Pod, call.Node).ShouldBe(("system:serviceaccount:prod:ci", "ci-0", "worker-7"));
        _asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_TokenSaysItsPodOnly_NodeIsAskedForOnceWithTheGatewaysCredential()
    {
        Server.Users["old"] = Server.Users["rotated"] = User("ci", """  "authentication.kubernetes.io/pod-name":["ci-0"],"authentication.kubernetes.io/pod-uid":["u-1"]  """);

        await CallWithNodeAsync("old", "/api/v1/nodes/b");
        var rotated = await CallAsync("rotated", "/api/v1/nodes/c");

        (rotated.Pod, rotated.Node).ShouldBe(("ci-0", "worker-1"));
        _asked.ShouldBe([$"/api/v1/namespaces/prod/pods/ci-0 Bearer {UpstreamToken} "]);
    }

    [Fact]
    public async Task Call_AnotherPodHasTheNameNow_NodeIsNotKnown()
    {
        Server.Users["late"] = User("ci", """  "authentication.kubernetes.io/pod-name":["ci-1"],"authentication.kubernetes.io/pod-uid":["u-0"]  """);

        var call = await CallAsync("late", "/api/v1/nodes/d");

        (call.Pod, call.Node).ShouldBe(("ci-1", ""));
        _asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_GatewayMayNotReadPods_GoesOnWithoutTheNode()
    {
        _pod = context =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsync("""{"kind":"Status","message":"pods is forbidden"}""");
        };
        Server.Users["forbidden"] = User("ci", """  "authentication.kubernetes.io/pod-name":["ci-2"]  """);

        var call = await CallAsync("forbidden", "/api/v1/nodes/e");

        (call.Status, call.Pod, call.Node).ShouldBe((200, "ci-2", ""));
    }

    [Fact]
    public async Task Call_PodIsSlowToCome_GoesOnAndLaterOnesHaveTheNode()
    {
        var come = new TaskCompletionSource();
        _pod = async context =>
        {
            await come.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("""{"metadata":{"uid":"u-3"},"spec":{"nodeName":"worker-3"}}""", context.RequestAborted);
        };
        Server.Users["slow"] = User("ci", """  "authentication.kubernetes.io/pod-name":["ci-3"],"authentication.kubernetes.io/pod-uid":["u-3"]  """);

        (await CallAsync("slow", "/api/v1/nodes/f")).Node.ShouldBe("");
        come.SetResult();
        (await CallWithNodeAsync("slow", "/api/v1/nodes/f")).Node.ShouldBe("worker-3");
        _asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_UnboundToken_HasNeither()
    {
        Server.Users["secret"] = User("ci", "");

        var call = await CallAsync("secret", "/api/v1/nodes/g");

        (call.Pod, call.Node).ShouldBe(("", ""));
        _asked.ShouldBeEmpty();
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var answer = Upstream.Script;
        Upstream.Script = context =>
        {
            if (!context.Request.Path.StartsWithSegments("/api/v1/namespaces/prod/pods", StringComparison.Ordinal))
            {
                return answer(context);
            }

            _asked.Enqueue($"{context.Request.Path} {context.Request.Headers.Authorization} {context.Request.Headers["Impersonate-User"]}");
            return _pod(context);
        };
    }

    private static string User(string name, string extra) => $$"""{"username":"system:serviceaccount:prod:{{name}}","groups":["system:serviceaccounts"],"extra":{ {{extra}} } }""";

    // However slow this machine is.
    private async Task<CallRecord> CallWithNodeAsync(string token, string path)
    {
        CallRecord? call = null;
        for (var i = 0; i < 100 && call is not { Node.Length: > 0 }; i++)
        {
            call = await CallAsync(token, $"{path}-{i}");
        }

        return call.ShouldNotBeNull();
    }

    private async Task<CallRecord> CallAsync(string token, string path)
    {
        using var client = WithToken(token);
        (await client.GetAsync(path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return await Sink.SingleAsync(call => call.Path == path, Cancel);
    }
}
