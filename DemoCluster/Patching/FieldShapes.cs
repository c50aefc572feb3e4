using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching;

internal static class FieldShapes
{
    /// <summary>The shape below <paramref name="shape"/>; null where the schema knows nothing.</summary>
    public static FieldShape? Of(FieldShape? shape, string field) => shape switch
    {
        FieldShape.Structure structure => structure.Type.Find(field)?.Shape,
        FieldShape.Map map => map.Value,
        _ => null,
    };
}
