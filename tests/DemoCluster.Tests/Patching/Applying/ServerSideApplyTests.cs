using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Tests.Patching.Applying;

public sealed class ServerSideApplyTests
{
    [Fact]
    public void Apply_NothingThere_CreatesAndOwns()
    {
        var created = Apply(null, """{"replicas":2,"template":{"spec":{"containers":[{"name":"a","image":"x","args":["1"],"ports":[{"containerPort":80}]}]}}}""");

        created["metadata"]!["managedFields"].ShouldBeJson(
            """
            [{
              "manager": "tester", "operation": "Apply", "apiVersion": "apps/v1", "time": "2026-03-01T12:00:00Z", "fieldsType": "FieldsV1",
              "fieldsV1": {
                "f:spec": {
                  "f:replicas": {},
                  "f:template": {"f:spec": {"f:containers": {"k:{\"name\":\"a\"}": {
                    ".": {}, "f:name": {}, "f:image": {}, "f:args": {},
                    "f:ports": {"k:{\"containerPort\":80,\"protocol\":\"TCP\"}": {".": {}, "f:containerPort": {}}}
                  }}}}
                }
              }
            }]
            """);
        Spec(created)["replicas"].ShouldBeJson("2");
    }

    [Fact]
    public void Apply_LeftOut_GoesAway()
    {
        var first = Apply(null, """{"replicas":2,"paused":true,"template":{"metadata":{"labels":{"a":"1","b":"2"}},"spec":{"containers":[{"name":"a","tty":true},{"name":"b"}]}}}""");

        var second = Apply(first, """{"replicas":2,"template":{"metadata":{"labels":{"a":"1"}},"spec":{"containers":[{"name":"a"}]}}}""");

        Spec(second).ShouldBeJson("""{"replicas":2,"template":{"metadata":{"labels":{"a":"1"}},"spec":{"containers":[{"name":"a"}]}}}""");
    }

    [Fact]
    public void Apply_LeftOutButOwnedByAnother_Stays()
    {
        var first = Apply(null, """{"replicas":2,"template":{"spec":{"containers":[{"name":"a","image":"x"},{"name":"b","image":"y"}]}}}""");
        var shared = Apply(first, """{"replicas":2,"template":{"spec":{"containers":[{"name":"b","image":"y"}]}}}""", "other");

        var left = Apply(shared, """{"paused":false}""");

        Spec(left).ShouldBeJson("""{"replicas":2,"template":{"spec":{"containers":[{"name":"b","image":"y"}]}},"paused":false}""");
    }

    [Fact]
    public void Apply_AnotherValue_TakesTheFieldOver()
    {
        var first = Apply(null, """{"replicas":2,"paused":true}""");

        var second = Apply(first, """{"replicas":3}""", "other");

        Spec(second).ShouldBeJson("""{"replicas":3,"paused":true}""");
        Fields(second, "tester").ShouldBeJson("""{"f:spec":{"f:paused":{}}}""");
        Fields(second, "other").ShouldBeJson("""{"f:spec":{"f:replicas":{}}}""");
    }

    [Fact]
    public void Apply_SameValueAsAnother_OwnsItToo()
    {
        var second = Apply(Apply(null, """{"replicas":2}"""), """{"replicas":2}""", "other");

        Fields(second, "tester").ShouldBeJson("""{"f:spec":{"f:replicas":{}}}""");
        Fields(second, "other").ShouldBeJson("""{"f:spec":{"f:replicas":{}}}""");
    }

    [Fact]
    public void Apply_Again_ChangesNothingNotEvenTheTime()
    {
        var first = Apply(null, """{"replicas":2,"template":{"spec":{"containers":[{"name":"a"}]}}}""");
        var later = Patches.Apply(PatchMediaTypes.Apply, Body("""{"replicas":2,"template":{"spec":{"containers":[{"name":"a"}]}}}"""), first, now: Patches.Now.AddHours(1));

        later.ShouldBeJson(first.ToJsonString());
    }

    [Fact]
    public void Apply_NullsForWhatTheServerFillsIn_TakeNothingAway()
    {
        var live = Patches.Object("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x","creationTimestamp":"2026-01-01T00:00:00Z","generation":4,"managedFields":[]},"spec":{"replicas":2}}""");

        var applied = Patches.Apply(PatchMediaTypes.Apply, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x","creationTimestamp":null,"generation":null,"managedFields":null},"spec":{"replicas":2}}""", live);

        applied["metadata"]!["creationTimestamp"].ShouldBeJson("\"2026-01-01T00:00:00Z\"");
        applied["metadata"]!["generation"].ShouldBeJson("4");
        Fields(applied, "tester").ShouldBeJson("""{"f:spec":{"f:replicas":{}}}""");
    }

    [Fact]
    public void Apply_OverWhatNobodyOwns_KeepsItForItsMaker()
    {
        var applied = Apply(Patches.Object("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x"},"spec":{"paused":true}}"""), """{"replicas":2}""");

        Fields(applied, "before-first-apply").ShouldBeJson("""{"f:spec":{"f:paused":{}}}""");
    }

    [Fact]
    public void Apply_AtomicParts_AreReplacedWhole()
    {
        var first = Apply(null, """{"selector":{"matchLabels":{"a":"1"}},"template":{"spec":{"tolerations":[{"key":"x"}],"containers":[]}}}""");

        var second = Apply(first, """{"selector":{"matchLabels":{"b":"2"}},"template":{"spec":{"tolerations":[{"key":"y"}],"containers":[]}}}""");

        Spec(second)["selector"].ShouldBeJson("""{"matchLabels":{"b":"2"}}""");
        Spec(second)["template"]!["spec"]!["tolerations"].ShouldBeJson("""[{"key":"y"}]""");
    }

    [Theory]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment"}""", 400, "metadata")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deploy","metadata":{}}""", 400, "\"Deploy\"")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"managedFields":[{}]}}""", 400, "managedFields must be nil")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{},"spec":{"replica":1}}""", 400, ".spec.replica: field not declared in schema")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{},"spec":{"template":{"spec":{"containers":[{"image":"x"}]}}}}""", 400, "omits key field \"name\"")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{},"spec":{"template":{"spec":{"containers":[{"name":"x"},{"name":"x"}]}}}}""", 400, "duplicate entries for key {\"name\":\"x\"}")]
    [InlineData("- a\n- b\n", 400, "one mapping")]
    [InlineData("a: [", 400, "YAML")]
    public void Apply_NotApplicable_SaysWhy(string body, int code, string why)
    {
        var refused = Patches.Refused(PatchMediaTypes.Apply, body, null);

        refused.Code.ShouldBe(code);
        refused.Message.ShouldContain(why);
    }

    [Fact]
    public void Apply_WithoutManager_Is422() => Patches.Refused(PatchMediaTypes.Apply, Body("{}"), null, manager: "").Message.ShouldContain("fieldManager");

    private static JsonObject Apply(JsonObject? current, string spec, string manager = "tester") => Patches.Apply(PatchMediaTypes.Apply, Body(spec), current, manager: manager);

    private static string Body(string spec) => $$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x"},"spec":{{spec}} }""";

    private static JsonNode Spec(JsonObject value) => value["spec"]!;

    private static JsonNode? Fields(JsonObject value, string manager)
        => value["metadata"]!["managedFields"]!.AsArray().Single(entry => entry!["manager"]!.GetValue<string>() == manager)!["fieldsV1"];
}
