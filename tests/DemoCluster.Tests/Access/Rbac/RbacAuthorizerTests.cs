using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Access.Rbac;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Kinds.Rules;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Access.Rbac;

public sealed class RbacAuthorizerTests
{
    private readonly RevisionStore _revisions = new();

    private ObjectStore Store => new(_revisions, new KindRules(new ServiceAddresses(_revisions)), TimeProvider.System);

    [Fact]
    public void RoleBinding_OfARole_AllowsInItsNamespaceAndSaysWhy()
    {
        Create("Role", "shop", "reader", """ "rules": [{ "verbs": ["get"], "apiGroups": [""], "resources": ["pods"] }] """);
        Create("RoleBinding", "shop", "readers", """ "roleRef": { "kind": "Role", "name": "reader" }, "subjects": [{ "kind": "ServiceAccount", "name": "robot" }] """);
        var robot = DemoUsers.Named("system:serviceaccount:shop:robot");

        Decide(robot, "shop").ShouldBe(new AccessDecision(true, "RBAC: allowed by RoleBinding \"readers/shop\" of Role \"reader\" to ServiceAccount \"robot/shop\""));
        Decide(robot, "other").Allowed.ShouldBeFalse();
        Decide(DemoUsers.Named("system:serviceaccount:other:robot"), "shop").Allowed.ShouldBeFalse();
    }

    [Fact]
    public void AggregatedRole_HasTheRulesThatItsSelectorPicks()
    {
        Create("ClusterRole", "", "part", """ "rules": [{ "verbs": ["get"], "apiGroups": [""], "resources": ["pods"] }] """, """, "labels": { "to": "whole" }""");
        Create("ClusterRole", "", "whole", """ "aggregationRule": { "clusterRoleSelectors": [{ "matchLabels": { "to": "whole" } }] }, "rules": null """);
        Create("ClusterRoleBinding", "", "b", """ "roleRef": { "kind": "ClusterRole", "name": "whole" }, "subjects": [{ "kind": "Group", "name": "dev" }] """);

        Decide(DemoUsers.Named("bob@example.com"), "shop").Reason.ShouldBe("RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"whole\" to Group \"dev\"");
    }

    [Theory]
    [InlineData(""" "roleRef": "x", "subjects": 5 """)]
    [InlineData(""" "roleRef": { "kind": "ClusterRole", "name": "none" }, "subjects": [{ "kind": "User", "name": "bob@example.com" }] """)]
    [InlineData(""" "subjects": [null, "x", {}] """)]
    public void NonsensicalBinding_AllowsNothingAndBreaksNothing(string content)
    {
        Create("ClusterRoleBinding", "", "b", content);

        Decide(DemoUsers.Named("bob@example.com"), "shop").Allowed.ShouldBeFalse();
    }

    private AccessDecision Decide(DemoUser user, string ns) => new RbacAuthorizer(Store).Decide(new AccessAttributes { User = user, Verb = "get", Resource = "pods", Namespace = ns, Name = "web" });

    /// <summary>Past all rules, as an older version of the cluster may have kept it.</summary>
    private void Create(string kind, string ns, string name, string content, string metadata = "") => _revisions.TryPut(
        ResourceKinds.Named(kind),
        before: null,
        JsonNode.Parse($$"""{ "metadata": { "name": "{{name}}", "namespace": "{{ns}}"{{metadata}} }, {{content}} }""")!.AsObject(),
        out _).ShouldBeTrue();
}
