using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Tests.Patching;

public sealed class ObjectPatchTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/apply-patch+cbor")]
    [InlineData("")]
    public void Apply_UnknownMediaType_Is415AndNamesTheKnown(string mediaType)
    {
        var refused = Patches.Refused(mediaType, "{}", Patches.Object("{}"));

        (refused.Code, refused.Reason).ShouldBe((415, "UnsupportedMediaType"));
        refused.Message.ShouldContain(PatchMediaTypes.Strategic);
    }

    [Fact]
    public void Apply_MediaTypeWithParameters_IsUnderstood()
        => Patches.Apply($"{PatchMediaTypes.Merge}; charset=utf-8", """{"a":2}""", Patches.Object("""{"a":1}""")).ShouldBeJson("""{"a":2}""");

    [Theory]
    [InlineData(PatchMediaTypes.Json)]
    [InlineData(PatchMediaTypes.Merge)]
    [InlineData(PatchMediaTypes.Strategic)]
    public void Apply_NotJson_Is400(string mediaType)
    {
        foreach (var body in new[] { "", "{", "nul", "[1,]", "{\"a\":\"\\ud800\"}", "{} {}" })
        {
            Patches.Refused(mediaType, body, Patches.Object("{}")).Code.ShouldBe(400, body);
        }
    }

    [Theory]
    [InlineData(PatchMediaTypes.Merge)]
    [InlineData(PatchMediaTypes.Strategic)]
    [InlineData(PatchMediaTypes.Apply)]
    public void Apply_NestedTooDeeply_Is400(string mediaType)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 101)) + "1" + new string('}', 101);

        Patches.Refused(mediaType, deep, Patches.Object("{}")).Code.ShouldBe(400);
    }

    [Fact]
    public void Apply_ForceWithoutApply_Is422() => Patches.Refused(PatchMediaTypes.Merge, "{}", Patches.Object("{}"), force: true).Code.ShouldBe(422);

    [Fact]
    public void Apply_NothingToPatch_Is404() => Patches.Refused(PatchMediaTypes.Merge, "{}", null).Code.ShouldBe(404);

    [Fact]
    public void Apply_AnyType_LeavesTheCurrentObjectAlone()
    {
        const string Before = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x"},"spec":{"replicas":1,"template":{"spec":{"containers":[{"name":"a","image":"x"}]}}}}""";
        var current = Patches.Object(Before);
        const string Change = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x"},"spec":{"replicas":2,"template":{"spec":{"containers":[{"name":"a","image":"y"}]}}}}""";

        Patches.Apply(PatchMediaTypes.Merge, Change, current);
        Patches.Apply(PatchMediaTypes.Strategic, Change, current);
        Patches.Apply(PatchMediaTypes.Apply, Change, current);
        Patches.Apply(PatchMediaTypes.Json, """[{"op":"remove","path":"/spec/template/spec/containers/0"},{"op":"move","from":"/spec","path":"/x"}]""", current);

        current.ShouldBeJson(Before);
    }
}
