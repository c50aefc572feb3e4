using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Tests.Patching;

public sealed class JsonMergePatchTests
{
    /// <summary>The examples of RFC 7386, appendix A, whose results are objects.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Apply_ExampleOfTheRfc_GivesItsResult(string current, string patch, string result)
        => Patches.Apply(PatchMediaTypes.Merge, patch, Patches.Object(current)).ShouldBeJson(result);

    [Fact]
    public void Apply_NotAnObject_Is400() => Patches.Refused(PatchMediaTypes.Merge, "[]", Patches.Object("{}")).Code.ShouldBe(400);

    [Fact]
    public void Apply_NameTwice_TakesTheLast()
        => Patches.Apply(PatchMediaTypes.Merge, """{"a":1,"a":2}""", Patches.Object("{}")).ShouldBeJson("""{"a":2}""");
}
