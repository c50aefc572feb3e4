using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Tests.Schemas;

public sealed class SchemaReaderTests
{
    [Fact]
    public void Complete_FieldWithEverything_ReadsEverything()
    {
        var reader = new SchemaReader();
        reader.Add(
            """
            package io.k8s.api.demo.v1 demo/v1

            type Shelf  # Holds books.
              books! []Book merge=title retain map=title,edition  # What stands on it.

            type Book atomic gvk
              title string
              edition int32 default=1
              tags map[[]string]
            """);
        var types = reader.Complete();

        var shelf = types["io.k8s.api.demo.v1.Shelf"];
        shelf.Description.ShouldBe("Holds books.");
        shelf.ApiVersion.ShouldBeEmpty();
        var books = shelf.Find("books").ShouldNotBeNull();
        (books.Required, books.RetainsKeys, books.Description).ShouldBe((true, true, "What stands on it."));
        var list = books.Shape.ShouldBeOfType<FieldShape.Sequence>();
        (list.Rule.Kind, list.Rule.PatchMerges, list.Rule.PatchMergeKey).ShouldBe((ListKind.Map, true, "title"));
        list.Rule.MapKeys.ShouldBe(["title", "edition"]);

        var book = list.Item.ShouldBeOfType<FieldShape.Structure>().Type;
        (book.Atomic, book.ApiVersion).ShouldBe((true, "demo/v1"));
        book.Find("edition")!.Default.ShouldBe("1");
        book.Find("tags")!.Shape.ShouldBeOfType<FieldShape.Map>().Value.ShouldBeOfType<FieldShape.Sequence>();
    }

    [Fact]
    public void Complete_UnknownType_NamesIt()
    {
        var reader = new SchemaReader();
        reader.Add("package io.k8s.api.demo.v1 demo/v1\ntype Shelf\n  books []Bok\n");

        Should.Throw<FormatException>(reader.Complete).Message.ShouldContain("Bok");
    }
}
