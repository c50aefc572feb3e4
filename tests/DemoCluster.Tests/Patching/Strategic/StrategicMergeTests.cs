using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Tests.Patching.Strategic;

public sealed class StrategicMergeTests
{
    [Theory]
    // Lists of objects merge by their key; what is new comes first.
    [InlineData("""{"containers":[{"name":"a","image":"1"},{"name":"b"}]}""", """{"containers":[{"name":"a","image":"2"}]}""", """{"containers":[{"name":"a","image":"2"},{"name":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"a"}]}""", """{"containers":[{"name":"c"}]}""", """{"containers":[{"name":"c"},{"name":"a"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"name":"a","$patch":"delete"}]}""", """{"containers":[{"name":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"name":"c"},{"$patch":"replace"}]}""", """{"containers":[{"name":"c"}]}""")]
    [InlineData("""{"containers":[{"name":"a","image":"1"}]}""", """{"containers":[{"name":"a","$patch":"replace","tty":true}]}""", """{"containers":[]}""")]
    // Order as the client wants it, with the server's own items where they were.
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]}""", """{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}]}""", """{"containers":[{"name":"b"},{"name":"c"},{"name":"a"}]}""")]
    [InlineData("""{"containers":[{"name":"a"}]}""", """{"$setElementOrder/containers":[{"name":"a"},{"name":"b"}],"containers":[{"name":"b"}]}""", """{"containers":[{"name":"a"},{"name":"b"}]}""")]
    // Other lists are replaced, nulls delete, also inside of what is new.
    [InlineData("""{"tolerations":[{"key":"x"}]}""", """{"tolerations":[{"key":"y"}]}""", """{"tolerations":[{"key":"y"}]}""")]
    [InlineData("""{"nodeSelector":{"a":"1","b":"2"}}""", """{"nodeSelector":{"a":null}}""", """{"nodeSelector":{"b":"2"}}""")]
    [InlineData("""{}""", """{"nodeSelector":{"a":null,"b":"1"}}""", """{"nodeSelector":{"b":"1"}}""")]
    [InlineData("""{"nodeSelector":{"a":"1","b":"2"}}""", """{"nodeSelector":{"$patch":"replace","c":"3"}}""", """{"nodeSelector":{"c":"3"}}""")]
    [InlineData("""{"nodeSelector":{"a":"1"}}""", """{"nodeSelector":{"$patch":"delete"}}""", """{"nodeSelector":{}}""")]
    [InlineData("""{"volumes":[{"name":"v","emptyDir":{}}]}""", """{"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/"}}]}""", """{"volumes":[{"name":"v","hostPath":{"path":"/"}}]}""")]
    public void Apply_PodSpec_Merges(string current, string patch, string result)
        => Patches.Apply(PatchMediaTypes.Strategic, $$"""{"spec":{{patch}}}""", Patches.Object($$"""{"spec":{{current}}}"""), "Pod").ShouldBeJson($$"""{"spec":{{result}}}""");

    [Fact]
    public void Apply_ListOfPlainValues_AddsAndDeletes()
    {
        var current = Patches.Object("""{"metadata":{"finalizers":["a","b"]}}""");

        Patches.Apply(PatchMediaTypes.Strategic, """{"metadata":{"finalizers":["b","c"]}}""", current).ShouldBeJson("""{"metadata":{"finalizers":["a","b","c"]}}""");
        Patches.Apply(PatchMediaTypes.Strategic, """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}}""", current).ShouldBeJson("""{"metadata":{"finalizers":["b"]}}""");
        Patches.Apply(PatchMediaTypes.Strategic, """{"metadata":{"$setElementOrder/finalizers":["b","a"]}}""", current).ShouldBeJson("""{"metadata":{"finalizers":["b","a"]}}""");
    }

    [Theory]
    [InlineData("""{"containers":[{"image":"x"}]}""", 422, "merge key: name")]
    [InlineData("""{"containers":["x"]}""", 400, "must be an object")]
    [InlineData("""{"nodeSelector":{"$patch":"grow"}}""", 400, "\"grow\"")]
    [InlineData("""{"$retainKeys":"x"}""", 400, "$retainKeys")]
    [InlineData("""{"$retainKeys":["a"],"hostname":"x"}""", 400, "hostname")]
    [InlineData("""{"$setElementOrder/containers":1}""", 400, "$setElementOrder/containers")]
    [InlineData("""{"$setElementOrder/containers":[],"containers":[{"name":"b"}]}""", 400, "\"b\"")]
    [InlineData("""{"$deleteFromPrimitiveList/x":1}""", 400, "must be a list")]
    public void Apply_Malformed_SaysWhy(string patch, int code, string why)
    {
        var refused = Patches.Refused(PatchMediaTypes.Strategic, $$"""{"spec":{{patch}}}""", Patches.Object("""{"spec":{"containers":[{"name":"a"}]}}"""), "Pod");

        refused.Code.ShouldBe(code);
        refused.Message.ShouldContain(why);
    }
}
