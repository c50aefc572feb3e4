using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Api.Writing;

public sealed class CreateTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_ConfigMap_AnswersWithWhatTheServerAdded()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync(Samples.ConfigMaps, """{"data":{"a":"b"},"metadata":{"name":"one"}}""");

        reply.Code.ShouldBe(201);
        reply["kind"].ShouldBe("ConfigMap");
        reply["apiVersion"].ShouldBe("v1");
        reply["metadata.namespace"].ShouldBe("default");
        Guid.TryParse(reply["metadata.uid"], out _).ShouldBeTrue();
        reply["metadata.resourceVersion"].ShouldNotBeEmpty();
        reply["metadata.creationTimestamp"].ShouldEndWith("Z");
        reply["data.a"].ShouldBe("b");
        reply.Body.Map("metadata").ShouldNotBeNull().Select(field => field.Key).ShouldBe(["name", "namespace", "uid", "resourceVersion", "creationTimestamp", "managedFields"]);
        reply.Body.Select(field => field.Key).ShouldBe(["kind", "apiVersion", "metadata", "data"]);
    }

    [Fact]
    public async Task Create_SameNameTwice_IsAlreadyExists()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        reply.Code.ShouldBe(409);
        reply["reason"].ShouldBe("AlreadyExists");
        reply["message"].ShouldBe("configmaps \"one\" already exists");
        reply["details"].ShouldBe("""{"name":"one","kind":"configmaps"}""");
    }

    [Fact]
    public async Task Create_BadName_IsInvalidWithItsCause()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync(Samples.ConfigMaps, Samples.Named("Bad_Name"));

        reply.Code.ShouldBe(422);
        reply["message"].ShouldStartWith("ConfigMap \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain");
        reply.Body.Maps("details.causes").Single().Text("field").ShouldBe("metadata.name");
        reply["details.kind"].ShouldBe("ConfigMap");
    }

    [Theory]
    [InlineData("/api/v1/namespaces/missing/configmaps", """{"metadata":{"name":"x"}}""", 404, "namespaces \"missing\" not found")]
    [InlineData(Samples.ConfigMaps, """{"metadata":{"name":"x","namespace":"y"}}""", 400, "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData(Samples.ConfigMaps, """{"metadata":{}}""", 422, "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required")]
    [InlineData(Samples.ConfigMaps, """{"metadata":{"name":"x","resourceVersion":"5"}}""", 500, "resourceVersion should not be set on objects to be created")]
    [InlineData(Samples.ConfigMaps, """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x"}}""", 400, "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion")]
    [InlineData(Samples.ConfigMaps, """{"apiVersion":"v2","metadata":{"name":"x"}}""", 400, "the API version in the data (v2) does not match the expected API version (v1)")]
    [InlineData("/api/v1/configmaps", """{"metadata":{"name":"x"}}""", 405, "the server does not allow this method on the requested resource")]
    [InlineData(Samples.ConfigMaps + "?dryRun=Some", """{"metadata":{"name":"x"}}""", 422, "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: []string{\"Some\"}: supported values: \"All\"")]
    public async Task Create_WhatCannotBe_SaysWhy(string path, string body, int code, string message)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync(path, body);

        reply.Code.ShouldBe(code);
        reply["kind"].ShouldBe("Status");
        reply["message"].ShouldBe(message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("\"text\"")]
    [InlineData("""{"metadata":[]}""")]
    [InlineData("""{"metadata":{"name":5}}""")]
    [InlineData("""{"metadata":{"name":"x","labels":{"a":1}}}""")]
    [InlineData("")]
    public async Task Create_BodyThatIsNoObject_IsBadRequest(string body)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync(Samples.ConfigMaps, body);

        reply.Code.ShouldBe(400);
        reply["reason"].ShouldBe("BadRequest");
    }

    [Fact]
    public async Task Create_GenerateName_MakesOneOfFiveLetters()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync(Samples.ConfigMaps, """{"metadata":{"generateName":"web-"}}""");

        reply.Code.ShouldBe(201);
        reply["metadata.name"].ShouldMatch("^web-[bcdfghjklmnpqrstvwxz2456789]{5}$");
        reply["metadata.generateName"].ShouldBe("web-");
    }

    [Fact]
    public async Task Create_DryRun_KeepsNothing()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PostAsync(Samples.ConfigMaps + "?dryRun=All", Samples.Named("one"));

        reply.Code.ShouldBe(201);
        reply["metadata.uid"].ShouldNotBeEmpty();
        (await server.GetAsync(Samples.ConfigMaps + "/one")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task Create_Yaml_IsRead()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        const string Yaml = "metadata:\n  name: one\n  labels: {count: \"5\"}\ndata:\n  text: |\n    two\n    lines\n";

        var reply = await server.SendAsync(HttpMethod.Post, Samples.ConfigMaps, Yaml, "application/yaml");

        reply.Code.ShouldBe(201);
        reply["metadata.labels.count"].ShouldBe("5");
        reply["data.text"].ShouldBe("two\nlines\n");
    }

    [Fact]
    public async Task Create_UnknownMediaType_Is415()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.SendAsync(HttpMethod.Post, Samples.ConfigMaps, Samples.Named("one"), "text/plain");

        reply.Code.ShouldBe(415);
        reply["reason"].ShouldBe("UnsupportedMediaType");
        reply["message"].ShouldBe("the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf");
    }

    [Fact]
    public async Task Create_Protobuf_IsRead()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        // k8s\0, Unknown{typeMeta{"v1","ConfigMap"}, raw{metadata{name "one"}, data{"a":"b"}}}.
        byte[] body = [.. "k8s\0"u8, 0x0a, 15, 0x0a, 2, .. "v1"u8, 0x12, 9, .. "ConfigMap"u8, 0x12, 15, 0x0a, 5, 0x0a, 3, .. "one"u8, 0x12, 6, 0x0a, 1, (byte)'a', 0x12, 1, (byte)'b'];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/vnd.kubernetes.protobuf");
        using var response = await server.Http.PostAsync(Samples.ConfigMaps, content, Cancelled);
        var reply = await ApiReply.ReadAsync(response);

        reply.Code.ShouldBe(201);
        reply["metadata.name"].ShouldBe("one");
        reply["data"].ShouldBe("""{"a":"b"}""");
    }

    [Fact]
    public async Task Create_InOneVersion_IsThereInTheOther()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        const string Job = """{"metadata":{"name":"j"},"spec":{"schedule":"* * * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}""";

        var created = await server.PostAsync("/apis/batch/v1beta1/namespaces/default/cronjobs", Job);
        var read = await server.GetAsync("/apis/batch/v1/namespaces/default/cronjobs/j");

        created["apiVersion"].ShouldBe("batch/v1beta1");
        created.Headers["Warning"].ShouldBe(["299 - \"batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob\""]);
        read["apiVersion"].ShouldBe("batch/v1");
        read.Headers["Warning"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_CoreEvent_ShowsInTheOtherGroupUnderItsNames()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync("/api/v1/namespaces/default/events", """{"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p","namespace":"default"},"message":"hi","source":{"component":"kubelet"},"count":3}""");

        var read = await server.GetAsync("/apis/events.k8s.io/v1/namespaces/default/events/e");

        read["note"].ShouldBe("hi");
        read["regarding.name"].ShouldBe("p");
        read["deprecatedSource.component"].ShouldBe("kubelet");
        read["deprecatedCount"].ShouldBe("3");
        read.Body.ContainsKey("message").ShouldBeFalse();
        read.Body.ContainsKey("reportingController").ShouldBeFalse();
    }

    [Fact]
    public async Task Create_NewEvent_ShowsInCoreUnderItsNames()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync("/apis/events.k8s.io/v1/namespaces/default/events", """{"metadata":{"name":"e"},"regarding":{"kind":"Pod","name":"p","namespace":"default"},"note":"hi","reportingController":"c","eventTime":"2026-01-01T00:00:00.000000Z"}""");

        var list = await server.GetAsync("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=p");

        var read = list.Body.Maps("items").Single();
        read.Text("message").ShouldBe("hi");
        read.Text("reportingComponent").ShouldBe("c");
        read.Text("eventTime").ShouldStartWith("2026-01-01");
        read.ContainsKey("regarding").ShouldBeFalse();
    }

    [Fact]
    public async Task Create_IntoATerminatingNamespace_IsForbidden()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync("/api/v1/namespaces", Samples.Named("end"));
        await server.PostAsync("/api/v1/namespaces/end/configmaps", """{"metadata":{"name":"held","finalizers":["example.com/hold"]}}""");
        await server.DeleteAsync("/api/v1/namespaces/end");

        var reply = await server.PostAsync("/api/v1/namespaces/end/configmaps", Samples.Named("late"));

        reply.Code.ShouldBe(403);
        reply["message"].ShouldBe("configmaps \"late\" is forbidden: unable to create new content in namespace end because it is being terminated");
        ((JsonArray)reply.Body.At("details.causes")!)[0]!["reason"]!.GetValue<string>().ShouldBe("NamespaceTerminating");
    }
}
