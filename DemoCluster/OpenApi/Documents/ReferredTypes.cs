using KubeLens.DemoCluster.OpenApi.Paths;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Documents;

/// <summary>The types of some operations, with the types of their fields, and so on.</summary>
internal static class ReferredTypes
{
    public static IReadOnlyCollection<SchemaType> Of(IEnumerable<ApiOperation> operations)
    {
        var found = new HashSet<SchemaType>();
        var open = new Stack<SchemaType>(operations.SelectMany(operation => new[] { operation.Subject, operation.Answer, operation.Body }).OfType<SchemaType>());
        while (open.TryPop(out var type))
        {
            if (found.Add(type))
            {
                foreach (var inner in type.Fields.Select(field => Named(field.Shape)).OfType<SchemaType>())
                {
                    open.Push(inner);
                }
            }
        }

        return found;
    }

    private static SchemaType? Named(FieldShape shape) => shape switch
    {
        FieldShape.Structure structure => structure.Type,
        FieldShape.Map map => Named(map.Value),
        FieldShape.Sequence list => Named(list.Item),
        _ => null,
    };
}
