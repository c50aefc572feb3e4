using System.Net;
using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Upstream;

/// <summary>The gateway's process with the environment and the files of a pod, and no kubeconfig anywhere.</summary>
public sealed class InClusterGatewayTests : GatewayUnderTest
{
    [Fact]
    public async Task Call_InAPod_GoesToItsClusterAsItsServiceAccount()
    {
        var cancel = TestContext.Current.CancellationToken;
        var authorization = "";
        Upstream.Script = context =>
        {
            authorization = context.Request.Headers.Authorization;
            return context.Response.WriteAsync("{}", context.RequestAborted);
        };
        using var client = Client();

        (await client.GetAsync("/api/v1/pods", cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        authorization.ShouldBe("Bearer first");
        (await Sink.SingleAsync(call => call.Path == "/api/v1/pods", cancel)).Cluster.ShouldBe("in-cluster");
        File.ReadAllText(Home["kubeconfig"]).ShouldContain("namespace: \"kubelens\"");
    }

    private protected override async ValueTask LaunchAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var upstream = new Uri(Upstream.Address);
        Directory.CreateDirectory(Home["account"]);
        await File.WriteAllTextAsync(Path.Combine(Home["account"], "token"), "first");
        await File.WriteAllTextAsync(Path.Combine(Home["account"], "ca.crt"), Upstream.CertificatePem);
        await File.WriteAllTextAsync(Path.Combine(Home["account"], "namespace"), "kubelens");
        await base.LaunchAsync(new Dictionary<string, string?>(environment)
        {
            ["Cluster__Kubeconfig"] = "",
            ["Cluster__ServiceAccountFolder"] = Home["account"],
            ["KUBECONFIG"] = "",
            ["HOME"] = Home["nobody"],
            ["KUBERNETES_SERVICE_HOST"] = upstream.Host,
            ["KUBERNETES_SERVICE_PORT"] = $"{upstream.Port}",
        });
    }
}
