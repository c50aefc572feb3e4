namespace KubeLens.DemoCluster.Schemas;

/// <summary>The fields that every object and every list has.</summary>
internal static class CommonFields
{
    public const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1";

    private static readonly FieldShape Text = new FieldShape.Scalar(ScalarKind.String);

    private static readonly SchemaField ApiVersion = new("apiVersion", Text) { Description = "The group and version of this object's form." };
    private static readonly SchemaField Kind = new("kind", Text) { Description = "What sort of object this is." };

    public static IEnumerable<SchemaField> Of(IReadOnlyDictionary<string, SchemaType> types) =>
    [
        ApiVersion,
        Kind,
        new("metadata", new FieldShape.Structure(types[$"{Meta}.ObjectMeta"])) { Description = "Name, labels and what else every object carries." },
    ];

    public static SchemaType ListOf(SchemaType item, IReadOnlyDictionary<string, SchemaType> types)
    {
        var list = new SchemaType($"{item.Name}List") { ApiVersion = item.ApiVersion, Description = $"Several objects of kind {item.ShortName}." };
        list.Complete(
        [
            ApiVersion,
            Kind,
            new("metadata", new FieldShape.Structure(types[$"{Meta}.ListMeta"])) { Description = "The state the list shows, and how it goes on." },
            new("items", new FieldShape.Sequence(new FieldShape.Structure(item), ListRule.Atomic)) { Required = true, Description = "The objects." },
        ]);
        return list;
    }
}
