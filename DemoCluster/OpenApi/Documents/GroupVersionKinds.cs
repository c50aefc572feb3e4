using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Documents;

internal static class GroupVersionKinds
{
    /// <summary><c>{"group":"apps","kind":"Deployment","version":"v1"}</c></summary>
    public static JsonObject Of(SchemaType type)
    {
        var slash = type.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        return new JsonObject
        {
            ["group"] = slash < 0 ? "" : type.ApiVersion[..slash],
            ["kind"] = type.ShortName,
            ["version"] = type.ApiVersion[(slash + 1)..],
        };
    }
}
