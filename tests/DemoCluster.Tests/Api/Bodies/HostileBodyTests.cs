using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Tests.Api.Bodies;

public sealed class HostileBodyTests
{
    private static readonly string[] Oddities =
    [
        """{"metadata":{"name":"x"},"spec":{"ports":"x","containers":[null,5,{"name":7,"ports":[1],"resources":{"limits":[]}}],"selector":[],"template":5,"replicas":"many","strategy":[],"jobTemplate":"x"}}""",
        """{"metadata":{"name":"x","ownerReferences":{"uid":1},"finalizers":{"a":1},"labels":null},"spec":{},"status":{},"data":5,"stringData":[1],"subjects":5,"roleRef":"x","involvedObject":5}""",
        """{"metadata":{"name":"x","ownerReferences":[null,{"uid":5}],"finalizers":[5,null]},"spec":{"selector":{"matchLabels":{"a":5},"matchExpressions":[{"key":5,"operator":"Foo","values":5}]},"template":{"metadata":{"labels":{"a":5}}}},"subsets":[5,{"ports":5,"addresses":[5]}]}""",
        """{"metadata":null}""",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_OddTypes_NeverFailTheServer()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        foreach (var kind in ResourceKinds.All.Where(kind => kind.Stored))
        {
            var path = $"/{(kind.Group.Length == 0 ? "api" : "apis/" + kind.Group)}/{kind.Version}/{(kind.Namespaced ? "namespaces/default/" : "")}{kind.Resource}";
            foreach (var body in Oddities)
            {
                (await server.PostAsync(path, body)).Code.ShouldBeOneOf(201, 400, 409, 422);
                (await server.PatchAsync(path + "/x", body)).Code.ShouldBeOneOf(200, 400, 404, 422);
                (await server.GetAsync(path, "application/json;as=Table;v=v1;g=meta.k8s.io")).Code.ShouldBe(200);
                (await server.DeleteAsync(path + "/x", """{"preconditions":5,"dryRun":"x","gracePeriodSeconds":"y"}""")).Code.ShouldBeOneOf(200, 404);
            }
        }
    }

    [Fact]
    public async Task Create_FromYaml_IsTheObject()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.SendAsync(HttpMethod.Post, Samples.ConfigMaps, "kind: ConfigMap\napiVersion: v1\nmetadata: {name: one}\ndata:\n  a: '1'\n", "application/yaml");

        reply.Code.ShouldBe(201);
        (await server.SendAsync(HttpMethod.Post, Samples.ConfigMaps, "a: [", "application/yaml")).Code.ShouldBe(400);
    }

    [Fact]
    public async Task Protobuf_WhatIsNotKnown_IsRefusedRatherThanLost()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        // ConfigMap with a field 9 that no ConfigMap has.
        byte[] body = [.. "k8s\0"u8, 0x0a, 15, 0x0a, 2, .. "v1"u8, 0x12, 9, .. "ConfigMap"u8, 0x12, 10, 0x0a, 5, 0x0a, 3, .. "one"u8, 0x4a, 1, (byte)'b'];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/vnd.kubernetes.protobuf");
        using var response = await server.Http.PostAsync(Samples.ConfigMaps, content, Cancelled);
        var reply = await ApiReply.ReadAsync(response);

        reply.Code.ShouldBe(415);
        reply["message"].ShouldBe("this cluster does not read field 9 of ConfigMap in application/vnd.kubernetes.protobuf: send application/json");
    }
}
