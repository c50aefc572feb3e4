using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Tests.Schemas;

public sealed class UnknownFieldsTests
{
    [Fact]
    public void Find_Misspelled_NamesThePlace()
    {
        var found = Find("Deployment", """{"apiVersion":"apps/v1","kind":"Deployment","foo":1,"spec":{"replica":3,"template":{"spec":{"containers":[{"name":"a"},{"nam":"b"}]}}}}""");

        found.ShouldBe(["unknown field \"foo\"", "unknown field \"spec.replica\"", "unknown field \"spec.template.spec.containers[1].nam\""]);
    }

    [Fact]
    public void Find_FreeKeys_AreFine()
        => Find("ConfigMap", """{"metadata":{"labels":{"any.thing/x":"1"},"managedFields":[{"fieldsV1":{"f:x":{}}}]},"data":{"spec":"x"}}""").ShouldBeEmpty();

    [Fact]
    public void Find_NullsAndWrongTypes_AreNotItsBusiness() => Find("Pod", """{"spec":"text","metadata":null,"status":{"conditions":[1,null]}}""").ShouldBeEmpty();

    [Fact]
    public void Find_VeryMany_StopsAtAHundred()
    {
        var value = new JsonObject(Enumerable.Range(0, 500).Select(i => KeyValuePair.Create<string, JsonNode?>($"x{i}", 1)));

        UnknownFields.Find(value, ResourceKinds.Named("Pod")).Count.ShouldBe(100);
    }

    private static IReadOnlyList<string> Find(string kind, string json) => UnknownFields.Find(JsonNode.Parse(json)!.AsObject(), ResourceKinds.Named(kind));
}
