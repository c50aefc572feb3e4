using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Tests.Patching.JsonPatches;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""{"op":"add","path":"/b","value":1}""", """{"a":[1,2],"o":{"x":1},"b":1}""")]
    [InlineData("""{"op":"add","path":"/a/1","value":9}""", """{"a":[1,9,2],"o":{"x":1}}""")]
    [InlineData("""{"op":"add","path":"/a/2","value":9}""", """{"a":[1,2,9],"o":{"x":1}}""")]
    [InlineData("""{"op":"add","path":"/a/-","value":null}""", """{"a":[1,2,null],"o":{"x":1}}""")]
    [InlineData("""{"op":"add","path":"/o/x","value":2}""", """{"a":[1,2],"o":{"x":2}}""")]
    [InlineData("""{"op":"add","path":"","value":{"n":1}}""", """{"n":1}""")]
    [InlineData("""{"op":"add","path":"/o/a~1b~01","value":1}""", """{"a":[1,2],"o":{"x":1,"a/b~1":1}}""")]
    [InlineData("""{"op":"add","path":"/","value":1}""", """{"a":[1,2],"o":{"x":1},"":1}""")]
    [InlineData("""{"op":"remove","path":"/a/0"}""", """{"a":[2],"o":{"x":1}}""")]
    [InlineData("""{"op":"remove","path":"/o"}""", """{"a":[1,2]}""")]
    [InlineData("""{"op":"replace","path":"/a/1","value":{"y":2}}""", """{"a":[1,{"y":2}],"o":{"x":1}}""")]
    [InlineData("""{"op":"replace","path":"/o/x","value":null}""", """{"a":[1,2],"o":{"x":null}}""")]
    [InlineData("""{"op":"move","from":"/a/0","path":"/a/1"}""", """{"a":[2,1],"o":{"x":1}}""")]
    [InlineData("""{"op":"move","from":"/o/x","path":"/x"}""", """{"a":[1,2],"o":{},"x":1}""")]
    [InlineData("""{"op":"move","from":"/o","path":"/o"}""", """{"a":[1,2],"o":{"x":1}}""")]
    [InlineData("""{"op":"copy","from":"/o","path":"/o/o"}""", """{"a":[1,2],"o":{"x":1,"o":{"x":1}}}""")]
    [InlineData("""{"op":"test","path":"/a","value":[1,2]}""", """{"a":[1,2],"o":{"x":1}}""")]
    [InlineData("""{"op":"test","path":"/o/x","value":1.0}""", """{"a":[1,2],"o":{"x":1}}""")]
    public void Apply_OneOperation_DoesIt(string operation, string result)
        => Patches.Apply(PatchMediaTypes.Json, $"[{operation}]", Patches.Object("""{"a":[1,2],"o":{"x":1}}""")).ShouldBeJson(result);

    [Theory]
    [InlineData("""{"op":"add","path":"/a/3","value":9}""", "invalid index: 3")]
    [InlineData("""{"op":"add","path":"/a/01","value":9}""", "invalid index: 01")]
    [InlineData("""{"op":"add","path":"/a/-1","value":9}""", "invalid index: -1")]
    [InlineData("""{"op":"add","path":"/no/x","value":9}""", "missing path: no")]
    [InlineData("""{"op":"add","path":"/a/0/x","value":9}""", "missing path")]
    [InlineData("""{"op":"remove","path":"/no"}""", "nonexistent key: no")]
    [InlineData("""{"op":"remove","path":"/a/-"}""", "invalid index: -")]
    [InlineData("""{"op":"remove","path":""}""", "cannot be removed")]
    [InlineData("""{"op":"replace","path":"/no","value":1}""", "missing key")]
    [InlineData("""{"op":"move","from":"/o","path":"/o/x"}""", "into itself")]
    [InlineData("""{"op":"copy","from":"/no","path":"/x"}""", "missing path: no")]
    [InlineData("""{"op":"test","path":"/o/x","value":"1"}""", "testing value failed")]
    [InlineData("""{"op":"replace","path":"","value":[]}""", "must still be a JSON object")]
    [InlineData("""{"op":"grow","path":"/a"}""", "op must be")]
    public void Apply_DoesNotFit_Is422AndSaysWhy(string operation, string why)
    {
        var refused = Patches.Refused(PatchMediaTypes.Json, $"[{operation}]", Patches.Object("""{"a":[1,2],"o":{"x":1}}"""));

        (refused.Code, refused.Reason).ShouldBe((422, "Invalid"));
        refused.Message.ShouldContain(why);
    }

    [Theory]
    [InlineData("{}", "array of operations")]
    [InlineData("[1]", "JSON object")]
    [InlineData("""[{"path":"/a"}]""", "\"op\"")]
    [InlineData("""[{"op":"remove"}]""", "\"path\"")]
    [InlineData("""[{"op":"move","path":"/a"}]""", "\"from\"")]
    [InlineData("""[{"op":"add","path":"/a"}]""", "needs a value")]
    [InlineData("""[{"op":"remove","path":"a"}]""", "begin with /")]
    public void Apply_Malformed_Is400AndSaysWhy(string patch, string why)
    {
        var refused = Patches.Refused(PatchMediaTypes.Json, patch, Patches.Object("""{"a":1}"""));

        refused.Code.ShouldBe(400);
        refused.Message.ShouldContain(why);
    }

    [Fact]
    public void Apply_LaterOperationFails_ChangesNothing()
    {
        var current = Patches.Object("""{"a":1}""");

        Patches.Refused(PatchMediaTypes.Json, """[{"op":"remove","path":"/a"},{"op":"test","path":"/a","value":1}]""", current);

        current.ShouldBeJson("""{"a":1}""");
    }

    [Fact]
    public void Apply_TooManyOperations_Is413()
    {
        var patch = $"[{string.Join(',', Enumerable.Repeat("""{"op":"test","path":"/a","value":1}""", 10_001))}]";

        Patches.Refused(PatchMediaTypes.Json, patch, Patches.Object("""{"a":1}""")).Code.ShouldBe(413);
    }

    [Fact]
    public void Apply_CopiesThatDouble_EndAtTheLimit()
    {
        var patch = $"[{string.Join(',', Enumerable.Range(0, 60).Select(i => $$"""{"op":"copy","from":"","path":"/c{{i}}"}"""))}]";

        var refused = Patches.Refused(PatchMediaTypes.Json, patch, Patches.Object("""{"a":"0123456789"}"""));

        refused.Code.ShouldBe(422);
    }

    [Fact]
    public void Apply_StepsThatNest_EndAtTheLimit()
    {
        var steps = Enumerable.Range(1, 200).Select(i => $$"""{"op":"add","path":"{{string.Concat(Enumerable.Repeat("/a", i))}}","value":{} }""");
        var patch = $"[{string.Join(',', steps)}]";

        Patches.Refused(PatchMediaTypes.Json, patch, Patches.Object("{}")).Code.ShouldBe(400);
    }
}
