using System.Net;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Identity.Modes;

/// <summary>Impersonation before a real apiserver, whose own audit log says whom it saw.</summary>
public sealed class RealImpersonateTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kubectl_WithAServiceAccountsToken_HasItsRightsAndIsItInAuditAndRecord()
    {
        var access = await cluster.RequireAsync(Cancel);
        await using var gateway = await RealGateway.StartAsync(access, "gateway", "impersonate");
        var token = $"token: \"{gateway.AppToken}\"";

        (await gateway.MayAsync(token, "list", "pods")).ShouldBe("yes");
        (await gateway.MayAsync(token, "list", "secrets")).ShouldBe("no");
        (await gateway.MayAsync(token, "impersonate", "users")).ShouldBe("no");
        (await gateway.Kubectl(token).RunAsync(["get", "configmaps", "--namespace", "default"], Cancel)).ExitCode.ShouldBe(0);

        var call = await gateway.Sink.SingleAsync(c => c.Resource == "configmaps", Cancel);
        call.User.ShouldBe("system:serviceaccount:default:app");
        call.Caller.ShouldBe("system:serviceaccount:default:app");
        call.UserSource.ShouldBe("token-review");
        var audit = await AuditTrail.OfAsync(access, call.AuditId);
        audit.GetProperty("user").GetProperty("username").GetString().ShouldBe("gateway");
        var seen = audit.GetProperty("impersonatedUser");
        seen.GetProperty("username").GetString().ShouldBe(call.User);
        seen.GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ShouldBe(call.Groups, ignoreOrder: true);
    }

    [Fact]
    public async Task Kubectl_WithTheIssuedCertificate_IsItsSubjectAndMayWhatThatMay()
    {
        var access = await cluster.RequireAsync(Cancel);
        await using var gateway = await RealGateway.StartAsync(access, "gateway", "impersonate");

        (await gateway.MayAsync(null, "list", "pods")).ShouldBe("no");
        (await gateway.Kubectl().RunAsync(["get", "pods", "--as", "admin", "--as-group", "system:masters"], Cancel)).Error.ShouldContain("Identity:NestedImpersonation=refuse");

        var call = await gateway.Sink.SingleAsync(c => c.Resource == "selfsubjectaccessreviews", Cancel);
        var audit = await AuditTrail.OfAsync(access, call.AuditId);
        audit.GetProperty("impersonatedUser").GetProperty("username").GetString().ShouldBe(Environment.UserName);
        audit.GetProperty("impersonatedUser").GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ShouldBe(["kubelens", "system:authenticated"]);
    }

    [Fact]
    public async Task Kubectl_WithACertificateOfTheConfiguredAuthority_IsItsSubjectInItsGroups()
    {
        var access = await cluster.RequireAsync(Cancel);
        var alice = KubeconfigLoader.Load(access.Kubeconfig("alice"), "");
        using var authority = new TempFolder("client-ca");
        await File.WriteAllTextAsync(authority["ca.crt"], alice.Cluster.Authorities!.ExportCertificatePems(), Cancel);
        await using var gateway = await RealGateway.StartAsync(access, "gateway", "impersonate", ("Identity__ClientCaFile", authority["ca.crt"]));
        var handler = gateway.Handler(withCertificate: false);
        handler.SslOptions.ClientCertificates = [alice.User.Certificate!.Leaf];
        using var client = new HttpClient(handler) { BaseAddress = gateway.Address };

        (await client.GetAsync("/api/v1/namespaces/default/pods", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/api/v1/namespaces/default/secrets", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var call = await gateway.Sink.SingleAsync(c => c.Resource == "secrets", Cancel);
        (call.User, call.Caller, call.UserSource, call.Status).ShouldBe(("alice", "alice", "certificate", 403));
        var seen = (await AuditTrail.OfAsync(access, call.AuditId)).GetProperty("impersonatedUser");
        seen.GetProperty("username").GetString().ShouldBe("alice");
        seen.GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ShouldBe(["dev", "system:authenticated"]);
    }

    [Fact]
    public async Task Kubectl_WithAWrongToken_IsToldToLogIn()
    {
        var access = await cluster.RequireAsync(Cancel);
        await using var gateway = await RealGateway.StartAsync(access, "gateway", "impersonate");

        var result = await gateway.Kubectl("token: \"wrong\"").RunAsync(["get", "--raw", "/api"], Cancel);

        result.ExitCode.ShouldNotBe(0);
        result.Error.ShouldContain("the cluster does not accept the token");
    }

    /// <summary>alice may not create TokenReviews.</summary>
    [Fact]
    public async Task Kubectl_GatewayMayNotReview_Is503ThatNamesTheRole()
    {
        var access = await cluster.RequireAsync(Cancel);
        await using var gateway = await RealGateway.StartAsync(access, "alice", "impersonate");
        using var client = gateway.Client(withCertificate: false);
        client.DefaultRequestHeaders.Authorization = new("Bearer", gateway.AppToken);
        using var response = await client.GetAsync("/version", Cancel);

        (await response.ShouldBeStatusAsync(503, "ServiceUnavailable")).ShouldContain("system:auth-delegator");
    }
}
