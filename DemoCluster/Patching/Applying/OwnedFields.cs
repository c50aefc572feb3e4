using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>The fields a value sets: what somebody who applies it owns.</summary>
internal static class OwnedFields
{
    /// <summary>What the server fills in, and what says which object it is: nobody owns that.</summary>
    private static readonly FieldSet Unowned = FieldsV1.Read(JsonNode.Parse(
        """
        {
          "f:apiVersion": {}, "f:kind": {},
          "f:metadata": {
            "f:name": {}, "f:namespace": {}, "f:creationTimestamp": {}, "f:selfLink": {}, "f:uid": {},
            "f:generation": {}, "f:managedFields": {}, "f:resourceVersion": {}
          }
        }
        """)!.AsObject());

    public static FieldSet Of(JsonObject value, SchemaType type) => Owned(Below(value, new FieldShape.Structure(type), member: false));

    /// <summary>A set without what nobody owns.</summary>
    public static FieldSet Owned(FieldSet set)
    {
        var metadata = set["f:metadata"];
        var bare = FieldSet.Of(false, metadata.Children);
        return FieldSet.Of(false, set.Children.Where(child => child.Key != "f:metadata").Append(KeyValuePair.Create("f:metadata", bare))).Without(Unowned);
    }

    /// <param name="member">Whether the value's own path belongs to the set, besides what lies below it.</param>
    public static FieldSet Below(JsonNode? value, FieldShape? shape, bool member)
    {
        if (ShapeRules.IsLeaf(value, shape))
        {
            return FieldSet.Leaf;
        }

        switch (value, shape)
        {
            case (JsonArray items, FieldShape.Sequence list):
                return items.Count == 0 ? FieldSet.Leaf : FieldSet.Of(member, items
                    .Select(item => (Step: ListSteps.Of(item, list), Item: item))
                    .Where(item => item.Step is not null)
                    .Select(item => KeyValuePair.Create(item.Step!, Below(item.Item, list.Item, member: true))));
            default:
                var fields = value!.AsObject();
                var isMap = shape is FieldShape.Map;
                return fields.Count == 0 ? FieldSet.Leaf : FieldSet.Of(member, fields
                    .Select(field => KeyValuePair.Create($"f:{field.Key}", Below(field.Value, FieldShapes.Of(shape, field.Key), member: isMap))));
        }
    }
}
