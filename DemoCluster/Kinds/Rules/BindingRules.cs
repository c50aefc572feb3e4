using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>Role bindings and cluster role bindings.</summary>
internal sealed class BindingRules : IKindRules
{
    private const string Group = "rbac.authorization.k8s.io";

    public void Default(JsonObject value, JsonObject? old)
    {
        if (value["roleRef"] is JsonObject role)
        {
            role.SetDefault("apiGroup", Group);
        }

        foreach (var subject in value.Maps("subjects").Where(subject => subject.Text("kind") is "User" or "Group"))
        {
            subject.SetDefault("apiGroup", Group);
        }
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
        if (value.Text("roleRef.name").Length == 0)
        {
            causes.Required("roleRef.name");
        }

        if (old is not null && !JsonNode.DeepEquals(old["roleRef"], value["roleRef"]))
        {
            var role = $"rbac.RoleRef{{APIGroup:\"{value.Text("roleRef.apiGroup")}\", Kind:\"{value.Text("roleRef.kind")}\", Name:\"{value.Text("roleRef.name")}\"}}";
            causes.Invalid("roleRef", role, "cannot change roleRef");
        }
    }
}
