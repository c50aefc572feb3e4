using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Identity.Modes;

/// <summary>Credential, passthrough, front-proxy and nested impersonation before a real apiserver, whose own audit log says whom it saw.</summary>
public sealed class RealModesTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credential_IssuedCertificate_IsTheKubeconfigsOwnerAndATokenIsNobody()
    {
        var access = await cluster.RequireAsync(Cancel);
        await using var gateway = await RealGateway.StartAsync(access, "admin", "credential");

        (await gateway.MayAsync(null, "delete", "nodes")).ShouldBe("yes");
        (await gateway.MayAsync(null, "list", "secrets", "--as", "alice", "--as-group", "dev")).ShouldBe("no");
        (await gateway.Kubectl($"token: \"{gateway.AppToken}\"").RunAsync(["get", "--raw", "/version"], Cancel)).Error.ShouldContain("no client certificate was shown");

        var call = await gateway.Sink.SingleAsync(c => c.ImpersonatedUser == "alice" && c.Resource == "selfsubjectaccessreviews", Cancel);
        (call.User, call.Caller).ShouldBe(("admin", Environment.UserName));
        var audit = await AuditTrail.OfAsync(access, call.AuditId);
        audit.GetProperty("user").GetProperty("username").GetString().ShouldBe("admin");
        audit.GetProperty("impersonatedUser").GetProperty("username").GetString().ShouldBe("alice");
    }

    /// <summary>The gateway's own certificate is system:masters here: were it shown, the token's user could do all.</summary>
    [Fact]
    public async Task Passthrough_TokenOfAWeakerUser_HasNotTheGatewaysPower()
    {
        var access = await cluster.RequireAsync(Cancel);
        await using var gateway = await RealGateway.StartAsync(access, "admin", "passthrough");
        var token = $"token: \"{gateway.AppToken}\"";

        (await gateway.MayAsync(token, "list", "pods")).ShouldBe("yes");
        (await gateway.MayAsync(token, "delete", "nodes")).ShouldBe("no");
        (await gateway.Kubectl().RunAsync(["get", "--raw", "/version"], Cancel)).Error.ShouldContain("A token of the cluster is needed");
        (await gateway.Kubectl(token).RunAsync(["get", "configmaps"], Cancel)).ExitCode.ShouldBe(0);

        var call = await gateway.Sink.SingleAsync(c => c.Resource == "configmaps", Cancel);
        (call.User, call.Caller, call.UserSource).ShouldBe(("system:serviceaccount:default:app", "system:serviceaccount:default:app", "token-review"));
        var seen = (await AuditTrail.OfAsync(access, call.AuditId)).GetProperty("user");
        seen.GetProperty("username").GetString().ShouldBe(call.User);
        seen.GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ShouldBe(call.Groups, ignoreOrder: true);
    }

    [Fact]
    public async Task FrontProxy_Certificate_IsBelievedWhomItNames()
    {
        var access = await cluster.RequireAsync(Cancel);
        Assert.SkipWhen(access.FrontProxy is null, "The test cluster's front-proxy-client certificate is not in the folder pki beside its kubeconfigs.");
        var (certificate, key) = access.FrontProxy!.Value;
        await using var gateway = await RealGateway.StartAsync(access, "gateway", "front-proxy", ("Identity__FrontProxy__CertificateFile", certificate), ("Identity__FrontProxy__KeyFile", key));
        var token = $"token: \"{gateway.AppToken}\"";

        (await gateway.MayAsync(token, "list", "pods")).ShouldBe("yes");
        (await gateway.MayAsync(token, "delete", "nodes")).ShouldBe("no");
        (await gateway.MayAsync(null, "list", "pods")).ShouldBe("no");
        (await gateway.Kubectl(token).RunAsync(["get", "configmaps"], Cancel)).ExitCode.ShouldBe(0);

        var call = await gateway.Sink.SingleAsync(c => c.Resource == "configmaps", Cancel);
        var seen = (await AuditTrail.OfAsync(access, call.AuditId)).GetProperty("user");
        seen.GetProperty("username").GetString().ShouldBe("system:serviceaccount:default:app");
        call.User.ShouldBe("system:serviceaccount:default:app");
        seen.GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ShouldBe(call.Groups, ignoreOrder: true);
    }

    /// <summary>app has the role view and may impersonate nobody; the gateway's own rights must not help it.</summary>
    [Fact]
    public async Task Nested_CallerWithoutTheRight_Is403AndWithItActsAndIsKept()
    {
        var access = await cluster.RequireAsync(Cancel);
        await using var gateway = await RealGateway.StartAsync(access, "gateway", "impersonate", ("Identity__NestedImpersonation", "check"));
        var token = $"token: \"{gateway.AppToken}\"";
        var role = $"kubelens-test-{Guid.NewGuid():n}";

        (await gateway.Kubectl(token).RunAsync(["get", "--raw", "/version", "--as", "alice"], Cancel)).Error.ShouldContain("may not impersonate users \"alice\"");
        var admin = access.Kubectl("admin");
        try
        {
            (await admin.RunAsync(["create", "clusterrole", role, "--verb=impersonate", "--resource=users", "--resource-name=alice"], Cancel)).Require();
            (await admin.RunAsync(["create", "clusterrolebinding", role, "--clusterrole", role, "--serviceaccount=default:app"], Cancel)).Require();
            await Eventually.Async(
                async () => (await gateway.Kubectl(token).RunAsync(["get", "pods", "--as", "alice"], Cancel)).ExitCode == 0,
                Cancel,
                what: "the right to impersonate alice counts");
            (await gateway.Kubectl(token).RunAsync(["get", "--raw", "/version", "--as", "alice", "--as-group", "system:masters"], Cancel)).Error.ShouldContain("may not impersonate groups \"system:masters\"");

            await Eventually.Async(() => gateway.Sink.Matching(c => c.Resource == "pods" && c.Status == 200).Count > 0, Cancel, what: "the record");
            var call = gateway.Sink.Matching(c => c.Resource == "pods" && c.Status == 200)[0];
            (call.User, call.Caller, call.ImpersonatedUser).ShouldBe(("alice", "system:serviceaccount:default:app", "alice"));
            var seen = (await AuditTrail.OfAsync(access, call.AuditId)).GetProperty("impersonatedUser");
            seen.GetProperty("username").GetString().ShouldBe("alice");
            seen.GetProperty("extra").GetProperty("kubelens.io/original-user")[0].GetString().ShouldBe("system:serviceaccount:default:app");
        }
        finally
        {
            await admin.RunAsync(["delete", "clusterrole,clusterrolebinding", role], CancellationToken.None);
        }
    }
}
