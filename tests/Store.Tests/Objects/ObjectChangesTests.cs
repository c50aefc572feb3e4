using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Store.Objects;

namespace KubeLens.Store.Tests.Objects;

public sealed class ObjectChangesTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1.0,"b":"x/y"}""", """{"b":"x\/y","a":1}""")]
    [InlineData("""{"metadata":{"managedFields":[1],"resourceVersion":"1","generation":1}}""", """{"metadata":{"resourceVersion":"2"}}""")]
    [InlineData("""{"a":1}""", """{"a":2}""", "a 1→2")]
    [InlineData("""{"a":null}""", """{}""", "a null→")]
    [InlineData("""{}""", """{"a":{"b":[ 1, "x y" ]}}""", """a →{"b":[1,"x y"]}""")]
    [InlineData("""{"a":{"b":{"c":1}}}""", """{"a":{"b":{"c":2,"d":3}}}""", "a.b.c 1→2", "a.b.d →3")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[1]}""", """a {"b":1}→[1]""")]
    [InlineData("""{"metadata":{"labels":{"app.kubernetes.io/name":"x","tier":"a"}}}""", """{"metadata":{"labels":{"tier":"b"}}}""", """metadata.labels["app.kubernetes.io/name"] "x"→""", "metadata.labels.tier \"a\"→\"b\"")]
    [InlineData("""{"c":[{"name":"a","v":1},{"name":"b","v":2}]}""", """{"c":[{"name":"b","v":3},{"name":"a","v":1}]}""", "c[name=b].v 2→3")]
    [InlineData("""{"c":[{"name":"a"}]}""", """{"c":[{"name":"a"},{"name":"x.y]"}]}""", """c[name="x.y]"] →{"name":"x.y]"}""")]
    [InlineData("""{"c":[]}""", """{"c":[{"name":"a"}]}""", """c[name=a] →{"name":"a"}""")]
    [InlineData("""{"c":[{"name":"a"},{"name":"a"}]}""", """{"c":[{"name":"a"},{"name":"b"}]}""", "c[1].name \"a\"→\"b\"")]
    [InlineData("""{"c":[{"port":1},{"name":"x","port":2}]}""", """{"c":[{"port":3},{"name":"x","port":2}]}""", "c[0].port 1→3")]
    [InlineData("""{"status":{"conditions":[{"type":"Ready","status":"True"},{"type":"A","status":"x"}]}}""", """{"status":{"conditions":[{"type":"Ready","status":"False"}]}}""", """status.conditions[type=A] {"type":"A","status":"x"}→""", "status.conditions[type=Ready].status \"True\"→\"False\"")]
    [InlineData("""{"a":["x","y"]}""", """{"a":["x"]}""", """a[1] "y"→""")]
    [InlineData("""{"data":{"k":"<redacted:sha-000000000001>","same":"<redacted:sha-000000000003>"}}""", """{"data":{"k":"<redacted:sha-000000000002>","same":"<redacted:sha-000000000003>"}}""", "data.k \"<redacted:sha-000000000001>\"→\"<redacted:sha-000000000002>\"")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":3,"a":1}""", "a 2→1")]
    [InlineData("""{"":1,"ü":1}""", """{"":2,"ü":2}""", """[""] 1→2""", """["ü"] 1→2""")]
    [InlineData("""{"metadata":{"x":{"generation":1}},"spec":{"resourceVersion":1}}""", """{"metadata":{"x":{"generation":2}},"spec":{"resourceVersion":2}}""", "metadata.x.generation 1→2", "spec.resourceVersion 1→2")]
    public void Changes_AreToldByPath(string before, string after, params string[] expected)
    {
        Lines(Between(before, after)).ShouldBe(expected);
    }

    [Fact]
    public void Changes_BeyondTheFirst_AreCounted()
    {
        var changes = Between("{}", $"{{{string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"k{i:000}\":{i}"))},\"status\":1,\"metadata\":{{}}}}");

        (changes.Count, changes.OfStatus, changes.OfMetadata, changes.First.Count).ShouldBe((302, 1, 1, ObjectChanges.Most));
        changes.First[^1].ShouldBe(new ObjectChange("k049", null, "49"));
    }

    [Fact]
    public void Texts_ThatAreLong_AreCut()
    {
        var name = new string('n', 5_000);
        var change = Between("{}", $"{{\"{name}\":{{\"a\":\"{new string('ü', 5_000)}\"}}}}").First.ShouldHaveSingleItem();

        change.Path.Length.ShouldBe(ObjectPath.MaxLength);
        change.After!.ShouldSatisfyAllConditions(after => after.Length.ShouldBe(200), after => after.ShouldStartWith("{\"a\":\"üü"), after => after.ShouldEndWith("ü…"));
        Between("{}", $"{{\"a\":\"{string.Concat(Enumerable.Repeat("x🙂", 100))}\"}}").First[0].After!.ShouldSatisfyAllConditions(
            after => after.Length.ShouldBeInRange(199, 200), after => after.ShouldEndWith("…"), after => Encoding.UTF8.GetByteCount(after).ShouldBe(Encoding.UTF8.GetBytes(after).Length), after => after.ShouldNotContain("\uFFFD"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{\"a\":1}{\"b\":2}")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    public void Read_OfWhatIsNoJson_IsNothing(string text) => ObjectJson.Read(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void Read_OfWhatIsTooMuch_IsNothing()
    {
        ObjectJson.Read(Encoding.UTF8.GetBytes(Nested(ObjectJson.MaxDepth))).ShouldNotBeNull();
        ObjectJson.Read(Encoding.UTF8.GetBytes(Nested(ObjectJson.MaxDepth + 1))).ShouldBeNull();
        ObjectJson.Read(Encoding.UTF8.GetBytes(Nested(100_000))).ShouldBeNull();
        ObjectJson.Read([(byte)'"', 0xFF, (byte)'"']).ShouldBeNull();
        ObjectJson.Read(Encoding.UTF8.GetBytes($"\"{new string('x', ObjectJson.MaxBytes)}\"")).ShouldBeNull();
    }

    [Fact]
    public void Print_IsIndented_UnlessThatIsAMultiple()
    {
        ObjectJson.Print(Json("""{"b":"<ü\u0041>","a":[1,{}]}""")).ShouldBe("{\n  \"b\": \"<üA>\",\n  \"a\": [\n    1,\n    {}\n  ]\n}");
        var deep = $"{new string('[', 250)}{string.Join(',', Enumerable.Repeat("1", 300_000))}{new string(']', 250)}";
        ObjectJson.Print(Json(deep)).ShouldBe(deep);
    }

    [Fact]
    public void Changes_OfHugeAndDeepObjects_AreFound()
    {
        static string Deep(int leaf) => $"{string.Concat(Enumerable.Repeat("{\"k\":[", 120))}{leaf}{string.Concat(Enumerable.Repeat("]}", 120))}";
        Between(Deep(1), Deep(2)).ShouldSatisfyAllConditions(changes => changes.Count.ShouldBe(1), changes => changes.First[0].Path.ShouldStartWith("k[0].k[0]."));
        var many = string.Join(',', Enumerable.Range(0, 200_000));
        Between($"[{many}]", $"[-1,{many}]").Count.ShouldBe(200_001);
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":5}}""", "spec.replicas", true)]
    [InlineData("""{"spec":{"replicas":5}}""", "spec.paused", false)]
    [InlineData("""{"spec":{"replicas":5}}""", "spec", true)]
    [InlineData("""{"spec":null}""", "spec.paused", true)]
    [InlineData("""{"spec":{}}""", "spec.paused", true)]
    [InlineData("""{"spec":{"containers":[{"name":"a"}]}}""", "spec.containers.x.image", true)]
    [InlineData("""{"spec":{"$setElementOrder/containers":[{"name":"a"}]}}""", "spec.containers", true)]
    [InlineData("""{"spec":{"$setElementOrder/containers":[{"name":"a"}]}}""", "spec.volumes", false)]
    [InlineData("""{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}""", "spec.strategy.rollingUpdate", true)]
    [InlineData("""[{"op":"replace","path":"/spec/replicas","value":5}]""", "spec.replicas", true)]
    [InlineData("""[{"op":"replace","path":"/spec/replicas","value":5}]""", "spec.paused", false)]
    [InlineData("""[{"op":"add","path":"/spec/containers/0/env/-","value":5}]""", "spec.containers.x.image", true)]
    [InlineData("""[{"op":"remove","path":"/metadata/labels/a~1b~0c"}]""", "metadata.labels.a/b~c", true)]
    [InlineData("""[{"op":"move","from":"/a/b","path":"/c"}]""", "a.b", true)]
    [InlineData("""[{"op":"test","path":"/a/b","value":1}]""", "a.b", false)]
    [InlineData("""[{"op":"replace","path":"","value":{}}]""", "a.b", true)]
    [InlineData("""[1,{"op":2,"path":3}]""", "a.b", false)]
    public void Touched_IsWhatAPatchSpeaksOf(string patch, string path, bool expected) =>
        TouchedPaths.Of(Json(patch)).ShouldNotBeNull().Has(path.Split('.').Select(name => new PathStep(name))).ShouldBe(expected);

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static IEnumerable<string> Lines(ObjectChanges changes) => changes.First.Select(c => $"{c.Path} {c.Before}→{c.After}");

    private static ObjectChanges Between(string before, string after) => ObjectChanges.Between(Json(before), Json(after), null);

    private static JsonElement Json(string text) => ObjectJson.Read(Encoding.UTF8.GetBytes(text)).ShouldNotBeNull();
}
