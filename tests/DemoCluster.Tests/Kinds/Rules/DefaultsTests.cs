using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Tests.Api;

namespace KubeLens.DemoCluster.Tests.Kinds.Rules;

public sealed class DefaultsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Namespace_IsActiveAndLabeled()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync("/api/v1/namespaces", Samples.Named("one"));

        reply["status.phase"].ShouldBe("Active");
        reply["spec.finalizers"].ShouldBe("""["kubernetes"]""");
        reply.Body.Map("metadata.labels").ShouldNotBeNull()["kubernetes.io/metadata.name"]!.GetValue<string>().ShouldBe("one");
    }

    [Fact]
    public async Task Service_GetsAnAddressThatNoOtherHas_AndKeepsIt()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        const string Services = "/api/v1/namespaces/default/services";
        const string Spec = ""","spec":{"ports":[{"port":80}]}""";

        var one = await server.PostAsync(Services, Samples.Named("one", Spec));
        var two = await server.PostAsync(Services, Samples.Named("two", Spec));
        var updated = await server.PutAsync(Services + "/one", Samples.Named("one", Spec));

        one["spec.clusterIP"].ShouldStartWith("10.96.");
        one["spec.clusterIP"].ShouldNotBe(two["spec.clusterIP"]);
        updated["spec.clusterIP"].ShouldBe(one["spec.clusterIP"]);
        one["spec.type"].ShouldBe("ClusterIP");
        one.Body.Maps("spec.ports").Single().ToJsonString().ShouldBe("""{"port":80,"protocol":"TCP","targetPort":80}""");
    }

    [Fact]
    public async Task Service_WithoutPorts_IsInvalid()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync("/api/v1/namespaces/default/services", Samples.Named("one", ""","spec":{}"""));

        reply.Code.ShouldBe(422);
        reply["message"].ShouldBe("Service \"one\" is invalid: spec.ports: Required value");
    }

    [Theory]
    [InlineData("{}", "BestEffort")]
    [InlineData("""{"requests":{"cpu":"1"}}""", "Burstable")]
    [InlineData("""{"limits":{"cpu":"1","memory":"1Gi"}}""", "Guaranteed")]
    public async Task Pod_HasDefaultsAndAQosClass(string resources, string qos)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var body = (JsonObject)JsonNode.Parse(Samples.Pod("p"))!;
        body["spec"]!["containers"]![0]!["resources"] = JsonNode.Parse(resources);

        var reply = await server.PostAsync(Samples.Pods, body.ToJsonString());

        reply["status.phase"].ShouldBe("Pending");
        reply["status.qosClass"].ShouldBe(qos);
        reply["spec.restartPolicy"].ShouldBe("Always");
        reply["spec.serviceAccountName"].ShouldBe("default");
        reply["spec.terminationGracePeriodSeconds"].ShouldBe("30");
        reply.Body.Maps("spec.containers").Single().Text("imagePullPolicy").ShouldBe("IfNotPresent");
    }

    [Fact]
    public async Task Deployment_HasAStrategyAndOneReplica()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync(Samples.Deployments, Samples.Deployment("d"));

        reply["spec.replicas"].ShouldBe("1");
        reply["spec.strategy"].ShouldBe("""{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}""");
        reply["spec.revisionHistoryLimit"].ShouldBe("10");
        reply["spec.progressDeadlineSeconds"].ShouldBe("600");
    }

    [Fact]
    public async Task Deployment_SelectorStays()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Deployments, Samples.Deployment("d"));

        var reply = await server.PutAsync(Samples.Deployments + "/d", Samples.Deployment("d", app: "other"));

        reply.Code.ShouldBe(422);
        reply["message"].ShouldBe("Deployment.apps \"d\" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"other\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable");
    }

    [Fact]
    public async Task Deployment_OfNothing_NamesAllThatIsMissing()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync(Samples.Deployments, Samples.Named("d", ""","spec":{}"""));

        reply["message"].ShouldBe("Deployment.apps \"d\" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not match template `labels`, spec.template.spec.containers: Required value]");
    }

    [Fact]
    public async Task Secret_FoldsItsTexts_AndStaysWhenImmutable()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        const string Secrets = "/api/v1/namespaces/default/secrets";

        var created = await server.PostAsync(Secrets, Samples.Named("s", ""","immutable":true,"stringData":{"a":"b"}"""));
        var changed = await server.PutAsync(Secrets + "/s", Samples.Named("s", ""","immutable":true,"stringData":{"a":"c"}"""));

        created["type"].ShouldBe("Opaque");
        created["data"].ShouldBe("""{"a":"Yg=="}""");
        created.Body.ContainsKey("stringData").ShouldBeFalse();
        changed.Code.ShouldBe(422);
        changed["message"].ShouldBe("Secret \"s\" is invalid: data: Forbidden: field is immutable when `immutable` is set");
    }

    [Theory]
    [InlineData("/api/v1/namespaces", "a.b", 422)]
    [InlineData("/api/v1/namespaces/default/services", "1a", 422)]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/clusterroles", "system:Some", 201)]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/clusterroles", "a/b", 422)]
    public async Task Names_AreOfTheirKind(string path, string name, int code)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        (await server.PostAsync(path, Samples.Named(name, ""","spec":{"ports":[{"port":80}]}"""))).Code.ShouldBe(code);
    }
}
