using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Reviewing;

/// <summary>A user as <c>authentication.k8s.io/v1 UserInfo</c>.</summary>
internal static class UserJson
{
    public static JsonObject Of(DemoUser user)
    {
        var json = new JsonObject { ["username"] = user.Name };
        if (user.Uid.Length > 0)
        {
            json["uid"] = user.Uid;
        }

        json["groups"] = user.Groups.ToJson();
        if (user.Extra.Count > 0)
        {
            json["extra"] = new JsonObject(user.Extra.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value.ToJson())));
        }

        return json;
    }

    /// <summary>Of a SubjectAccessReview's spec.</summary>
    public static DemoUser OfSpec(JsonNode? spec) => new(spec.Text("user"), spec.Texts("groups"))
    {
        Uid = spec.Text("uid"),
        Extra = spec.At("extra") is JsonObject extra ? extra.ToDictionary(pair => pair.Key, pair => pair.Value.Texts()) : [],
    };
}
