using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Api.Reading;

public sealed class ListTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_HasItsKindAndVersion_AndItemsWithout()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var created = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.GetAsync(Samples.ConfigMaps);

        reply["kind"].ShouldBe("ConfigMapList");
        reply["apiVersion"].ShouldBe("v1");
        reply["metadata.resourceVersion"].ShouldBe(created["metadata.resourceVersion"]);
        reply.Body.Maps("items").Single().ContainsKey("kind").ShouldBeFalse();
    }

    [Fact]
    public async Task List_OfAllNamespaces_IsOrderedByNamespaceAndName()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync("/api/v1/namespaces", Samples.Named("a"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("b"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("a"));
        await server.PostAsync("/api/v1/namespaces/a/configmaps", Samples.Named("z"));

        (await server.GetAsync("/api/v1/configmaps")).Names.ShouldBe(["z", "a", "b"]);
        (await server.GetAsync(Samples.ConfigMaps)).Names.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task List_InChunks_ShowsThePictureOfTheFirst()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await server.PostAsync(Samples.ConfigMaps, Samples.Named(name));
        }

        var first = await server.GetAsync(Samples.ConfigMaps + "?limit=2");
        await server.DeleteAsync(Samples.ConfigMaps + "/c");
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("e"));
        var second = await server.GetAsync($"{Samples.ConfigMaps}?limit=2&continue={first["metadata.continue"]}");

        first.Names.ShouldBe(["a", "b"]);
        first["metadata.remainingItemCount"].ShouldBe("2");
        second.Names.ShouldBe(["c", "d"]);
        second["metadata.continue"].ShouldBeEmpty();
        second["metadata.resourceVersion"].ShouldBe(first["metadata.resourceVersion"]);
    }

    [Fact]
    public async Task List_ContinuedTooLate_IsExpired()
    {
        await using var server = await ApiServer.StartAsync(Cancelled, windowSize: 4);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("a"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("b"));
        var first = await server.GetAsync(Samples.ConfigMaps + "?limit=1");
        for (var i = 0; i < 5; i++)
        {
            await server.PostAsync(Samples.ConfigMaps, Samples.Named($"c{i}"));
        }

        var reply = await server.GetAsync($"{Samples.ConfigMaps}?limit=1&continue={first["metadata.continue"]}");

        reply.Code.ShouldBe(410);
        reply["reason"].ShouldBe("Expired");
    }

    [Theory]
    [InlineData("continue=abc", 400, "BadRequest")]
    [InlineData("continue=e30", 400, "BadRequest")]
    [InlineData("limit=abc", 400, "BadRequest")]
    [InlineData("resourceVersion=abc", 400, "BadRequest")]
    [InlineData("resourceVersion=99999999", 504, "Timeout")]
    [InlineData("resourceVersionMatch=Exact", 422, "Invalid")]
    [InlineData("resourceVersionMatch=Some&resourceVersion=1", 422, "Invalid")]
    [InlineData("fieldSelector=spec.foo%3Dbar", 400, "BadRequest")]
    [InlineData("labelSelector=a%20in%20x", 400, "BadRequest")]
    public async Task List_OptionsThatCannotBe_AreRefused(string query, int code, string reason)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync($"{Samples.Pods}?{query}");

        reply.Code.ShouldBe(code);
        reply["reason"].ShouldBe(reason);
    }

    [Fact]
    public async Task List_Exact_ShowsThePast()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var created = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        await server.DeleteAsync(Samples.ConfigMaps + "/one");

        var reply = await server.GetAsync($"{Samples.ConfigMaps}?resourceVersion={created["metadata.resourceVersion"]}&resourceVersionMatch=Exact");

        reply.Names.ShouldBe(["one"]);
    }

    [Theory]
    [InlineData("labelSelector=app%3Dweb", "a")]
    [InlineData("labelSelector=app!%3Dweb", "b,c")]
    [InlineData("labelSelector=app%20in%20(web,db)", "a,b")]
    [InlineData("labelSelector=app%20notin%20(web)", "b,c")]
    [InlineData("labelSelector=!app", "c")]
    [InlineData("labelSelector=app", "a,b")]
    [InlineData("fieldSelector=metadata.name%3Db", "b")]
    [InlineData("fieldSelector=metadata.namespace%3Ddefault,metadata.name!%3Db", "a,c")]
    public async Task List_Selectors_Choose(string query, string names)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Labeled("a", "app", "web"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Labeled("b", "app", "db"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("c"));

        (await server.GetAsync($"{Samples.ConfigMaps}?{query}")).Names.ShouldBe(names.Split(','));
    }

    [Fact]
    public async Task List_PodsOfANode_AreFoundByItsField()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Pods, Samples.Pod("a", node: "node-1"));
        await server.PostAsync(Samples.Pods, Samples.Pod("b", node: "node-2"));

        (await server.GetAsync("/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-2,status.phase%3DPending")).Names.ShouldBe(["b"]);
    }

    [Fact]
    public async Task List_Large_IsPackedForWhoAcceptsIt()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one", $$$$""","data":{"a":"{{{{new string('x', 200_000)}}}}"} """));
        using var request = new HttpRequestMessage(HttpMethod.Get, Samples.ConfigMaps);
        request.Headers.AcceptEncoding.Add(new("gzip"));

        using var packed = await server.Http.SendAsync(request, Cancelled);
        var plain = await server.GetAsync(Samples.ConfigMaps);

        packed.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        (await packed.Content.ReadAsByteArrayAsync(Cancelled)).Length.ShouldBeLessThan(20_000);
        plain.Text.Length.ShouldBeGreaterThan(200_000);
    }

    [Fact]
    public async Task Get_OneThousandTimesOverOneConnection_Succeeds()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        for (var i = 0; i < 1000; i++)
        {
            (await server.GetAsync(Samples.ConfigMaps + "/one")).Code.ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("application/vnd.kubernetes.protobuf", 406)]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", 200)]
    [InlineData("application/xml, */*", 200)]
    [InlineData("application/json;as=Unknown;v=v1;g=meta.k8s.io", 406)]
    public async Task Get_Accept_IsNegotiated(string accept, int code)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync(Samples.ConfigMaps, accept);

        reply.Code.ShouldBe(code);
        reply.ContentType.ShouldBe("application/json");
    }

    [Fact]
    public async Task Get_PartialMetadata_HasNoMore()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one", ""","data":{"a":"b"}"""));

        var one = await server.GetAsync(Samples.ConfigMaps + "/one", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
        var list = await server.GetAsync(Samples.ConfigMaps, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");

        one["kind"].ShouldBe("PartialObjectMetadata");
        one.Body.ContainsKey("data").ShouldBeFalse();
        list["kind"].ShouldBe("PartialObjectMetadataList");
        list.Names.ShouldBe(["one"]);
    }
}
