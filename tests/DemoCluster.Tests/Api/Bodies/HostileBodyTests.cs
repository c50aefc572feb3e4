using System.Text;
using KubeLens.DemoCluster.Api.Bodies;
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
    public void Yaml_OfAliasesWithinAliases_IsRefused()
    {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 10; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Should.Throw<DemoCluster.Api.ApiException>(() => YamlReader.Read(Encoding.UTF8.GetBytes(text.ToString()))).Code.ShouldBe(400);
    }

    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: '1'\nb: 1.5\nc: true\nd: ~\ne: 1.2.3\nf: 08x", """{"a":"1","b":1.5,"c":true,"d":null,"e":"1.2.3","f":"08x"}""")]
    [InlineData("a:\n- b: c\n- []", """{"a":[{"b":"c"},[]]}""")]
    public void Yaml_Document_IsTheJsonItStandsFor(string yaml, string json) => YamlReader.Read(Encoding.UTF8.GetBytes(yaml))!.ToJsonString().ShouldBe(json);

    [Theory]
    [InlineData("a: [")]
    [InlineData("? [a]\n: b")]
    public void Yaml_WhatIsNone_IsBadRequest(string yaml) =>
        Should.Throw<DemoCluster.Api.ApiException>(() => YamlReader.Read(Encoding.UTF8.GetBytes(yaml))).Code.ShouldBe(400);

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
        reply["message"].ShouldBe("the demo cluster cannot read field 9 of ConfigMap in protobuf; send application/json");
    }
}
