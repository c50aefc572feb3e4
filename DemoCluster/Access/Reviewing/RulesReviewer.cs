using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access.Rbac;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Reviewing;

/// <summary>All that a user may do in a namespace, for <c>kubectl auth can-i --list</c>.</summary>
internal sealed class RulesReviewer(RbacAuthorizer authorizer)
{
    public JsonObject Review(JsonObject review, DemoUser user)
    {
        var ns = review.Text("spec.namespace");
        if (ns.Length == 0)
        {
            throw ApiErrors.BadRequest("no namespace on request");
        }

        var (resources, urls) = (new JsonArray(), new JsonArray());
        foreach (var grant in authorizer.Policy.Of(user).Where(grant => grant.Namespace.Length == 0 || grant.Namespace == ns))
        {
            foreach (var rule in grant.Rules)
            {
                if (rule.Resources.Count > 0)
                {
                    resources.Add(Resource(rule));
                }

                if (rule.NonResourceUrls.Count > 0 && grant.Namespace.Length == 0)
                {
                    urls.Add(new JsonObject { ["verbs"] = rule.Verbs.ToJson(), ["nonResourceURLs"] = rule.NonResourceUrls.ToJson() });
                }
            }
        }

        return new JsonObject { ["resourceRules"] = resources, ["nonResourceRules"] = urls, ["incomplete"] = false };
    }

    private static JsonObject Resource(PolicyRule rule)
    {
        var json = new JsonObject { ["verbs"] = rule.Verbs.ToJson(), ["apiGroups"] = rule.ApiGroups.ToJson(), ["resources"] = rule.Resources.ToJson() };
        if (rule.ResourceNames.Count > 0)
        {
            json["resourceNames"] = rule.ResourceNames.ToJson();
        }

        return json;
    }
}
