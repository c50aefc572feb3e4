using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Tests.Schemas;

public sealed class SchemaCatalogTests
{
    [Fact]
    public void Of_EveryServedKind_HasASchemaWithMetadata()
        => ResourceKinds.All.ShouldAllBe(kind => SchemaCatalog.Of(kind).Find("metadata") != null);

    [Fact]
    public void Find_EveryStoredKind_HasAListWithItsItems()
        => ResourceKinds.All.Where(kind => kind.Stored).ShouldAllBe(kind => SchemaCatalog.Find(kind.ApiVersion, $"{kind.Kind}List")!.Find("items") != null);

    [Theory]
    [InlineData("autoscaling/v1", "Scale")]
    [InlineData("v1", "Status")]
    [InlineData("v1", "DeleteOptions")]
    [InlineData("v1", "Binding")]
    [InlineData("policy/v1", "Eviction")]
    [InlineData("authentication.k8s.io/v1", "TokenRequest")]
    public void Find_KindOnlySentOrAnswered_IsThere(string apiVersion, string kind) => SchemaCatalog.Find(apiVersion, kind).ShouldNotBeNull();

    [Fact]
    public void Types_All_SayWhatTheyAre() => SchemaCatalog.Types.Where(type => type.Description.Length == 0).Select(type => type.Name).ShouldBeEmpty();

    [Fact]
    public void Types_ListsOfObjects_HaveKeysThatTheirItemsHave()
    {
        var lists = from type in SchemaCatalog.Types
                    from field in type.Fields
                    let list = field.Shape as FieldShape.Sequence
                    where list is not null
                    from key in list.Rule.MapKeys.Append(list.Rule.PatchMergeKey).Where(key => key.Length > 0)
                    where (list.Item as FieldShape.Structure)?.Type.Find(key) is null
                    select $"{type.Name}.{field.Name} by {key}";

        lists.ShouldBeEmpty();
    }

    [Fact]
    public void Named_Container_KnowsHowItsPortsMerge()
    {
        var ports = SchemaCatalog.Named("io.k8s.api.core.v1.Container")!.Find("ports")!.Shape.ShouldBeOfType<FieldShape.Sequence>();

        ports.Rule.PatchMergeKey.ShouldBe("containerPort");
        ports.Rule.MapKeys.ShouldBe(["containerPort", "protocol"]);
        ports.Item.ShouldBeOfType<FieldShape.Structure>().Type.Find("protocol")!.Default.ShouldBe("TCP");
    }
}
