using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.EndToEnd.Tests.Transparency;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Pods;

/// <summary>A workload sent through the gateway by nothing but its environment (docs/pods.md).</summary>
public sealed class PodTests(TestCluster cluster)
{
    private const string Host = "kubernetes.default.svc";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("passthrough")]
    [InlineData("impersonate")]
    public async Task Curl_InAPodWithItsMountedToken_IsAnsweredOrRefusedAndRecordedWithWhoAndWhy(string mode)
    {
        var access = await cluster.RequireNodeAsync(Cancel);
        await using var gateway = await TransparentGateway.StartAsync(access.Kubeconfig("gateway"), mode, Cancel, ("Gateway__Names__0", Host));
        var issued = new ApiAccess(gateway.Issued);
        await using var pod = await CallingPod.StartAsync(access, Host, issued.Address.Port, Encoding.ASCII.GetString(Convert.FromBase64String(issued.Authority)), Cancel);
        var (pods, secrets) = ($"/api/v1/namespaces/{pod.Namespace}/pods", $"/api/v1/namespaces/{pod.Namespace}/secrets");
        var user = $"system:serviceaccount:{pod.Namespace}:default";

        StatusOf(await pod.CurlAsync(pods, withToken: true, Cancel)).ShouldBe("200");
        StatusOf(await pod.CurlAsync(pods, withToken: false, Cancel)).ShouldBe("401");
        StatusOf(await pod.CurlAsync(secrets, withToken: true, Cancel)).ShouldBe("403");

        var answered = await gateway.Sink.SingleAsync(call => call.Path == pods && call.Status == 200, Cancel);
        (answered.User, answered.UserSource, answered.Caller, answered.Pod).ShouldBe((user, "token-review", user, CallingPod.Name));
        answered.Groups.ShouldContain($"system:serviceaccounts:{pod.Namespace}");
        var nobody = await gateway.Sink.SingleAsync(call => call.Path == pods && call.Status == 401, Cancel);
        (nobody.User, nobody.Pod, nobody.Outcome, nobody.Reason).ShouldBe(("", "", CallOutcome.Refused, "Unauthorized"));
        Text(nobody).ShouldContain(mode == "passthrough" ? "no token was sent" : "neither a client certificate was shown nor a token sent");
        var refused = await gateway.Sink.SingleAsync(call => call.Path == secrets, Cancel);
        (refused.User, refused.Status, refused.Reason, refused.Pod, refused.Node).ShouldBe((user, 403, "Forbidden", CallingPod.Name, "127.0.0.1"));
        Text(refused).ShouldContain("cannot list resource");
    }

    private static string StatusOf(string printed) => printed.Split('\n')[^1];

    private static string Text(CallRecord call) => Encoding.UTF8.GetString(call.ResponseBody.Content.Span);
}
