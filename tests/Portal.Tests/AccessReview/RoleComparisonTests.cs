using KubeLens.Contracts.Search;
using KubeLens.Portal.AccessReview;

namespace KubeLens.Portal.Tests.AccessReview;

public sealed class RoleComparisonTests
{
    private static AccessUse Use(string verb, string resource, string space, string[] names, string group = "", string sub = "", bool granted = true) =>
        new() { Verb = verb, Resource = resource, Namespace = space, Names = names, ApiGroup = group, Subresource = sub, IsGranted = granted };

    private static RoleComparison Compare(string role, params AccessUse[] uses)
    {
        var rules = PastedRole.Read(role, out var problem);
        problem.ShouldBe("");
        return RoleComparison.Of(rules, uses);
    }

    private static string ClusterRole(string rule) => $"kind: ClusterRole\nrules:\n- {{{rule}}}\n";

    [Theory]
    [InlineData("apiGroups: [''], resources: [pods], verbs: [get]", true)]
    [InlineData("apiGroups: ['*'], resources: ['*'], verbs: ['*']", true)]
    [InlineData("apiGroups: [''], resources: [pods], resourceNames: [a, b], verbs: [get]", true)]
    [InlineData("apiGroups: [''], resources: [pods], resourceNames: [a], verbs: [get]", false)]
    [InlineData("apiGroups: [apps], resources: [pods], verbs: [get]", false)]
    [InlineData("apiGroups: [''], resources: [pods/log], verbs: [get]", false)]
    [InlineData("apiGroups: [''], resources: ['*/log'], verbs: [get]", false)]
    [InlineData("apiGroups: [''], resources: [pods], verbs: [list]", false)]
    [InlineData("nonResourceURLs: ['*'], verbs: [get]", false)]
    public void Rule_AllowsAUse(string rule, bool allows) =>
        Compare(ClusterRole(rule), Use("get", "pods", "shop", ["a", "b"])).Missing.Count.ShouldBe(allows ? 0 : 1);

    [Theory]
    [InlineData("pods/log", true)]
    [InlineData("*/log", true)]
    [InlineData("*", true)]
    [InlineData("pods", false)]
    [InlineData("*/exec", false)]
    public void Rule_AllowsASubresource(string resource, bool allows) =>
        Compare(ClusterRole($"apiGroups: [''], resources: ['{resource}'], verbs: [get]"), Use("get", "pods", "shop", ["a"], sub: "log")).Missing.Count.ShouldBe(allows ? 0 : 1);

    [Theory]
    [InlineData("/apis/apps/v1", true)]
    [InlineData("/apis/*", true)]
    [InlineData("*", true)]
    [InlineData("/apis", false)]
    [InlineData("/api/*", false)]
    public void Rule_AllowsAPath(string path, bool allows) =>
        Compare(ClusterRole($"nonResourceURLs: ['{path}'], verbs: [get]"), Use("get", "", "", ["/apis/apps/v1"])).Missing.Count.ShouldBe(allows ? 0 : 1);

    [Fact]
    public void Role_OfANamespace_AllowsNothingElsewhere()
    {
        var found = Compare("kind: Role\nmetadata: {namespace: shop}\nrules: [{apiGroups: [''], resources: [pods], verbs: [get]}]", Use("get", "pods", "shop", ["a"]), Use("get", "pods", "back", ["b"]), Use("get", "pods", "", [""]));

        found.Missing.ShouldBe(["get pods b in back", "get pods"]);
        found.Unused.ShouldBeEmpty();
    }

    [Fact]
    public void What_WasDenied_CountsForNothing()
    {
        var found = Compare(ClusterRole("apiGroups: [''], resources: [secrets], verbs: [get]"), Use("get", "secrets", "shop", ["a"], granted: false));

        found.Missing.ShouldBeEmpty();
        found.Unused.ShouldBe(["get secrets"]);
    }

    [Fact]
    public void Names_ThatWereNotUsed_AreUnused()
    {
        var found = Compare(ClusterRole("apiGroups: [''], resources: [pods], resourceNames: [a, b], verbs: [get]"), Use("get", "pods", "shop", ["a"]));

        found.Unused.ShouldBe(["get pods b"]);
        found.Wider.ShouldBeEmpty();
    }

    [Fact]
    public void Wildcards_SayWhatOfThemWasUsed()
    {
        var found = Compare(ClusterRole("apiGroups: [apps], resources: [deployments], verbs: ['*']"), Use("get", "deployments", "shop", ["a"], "apps"), Use("patch", "deployments", "back", ["a"], "apps"));

        found.Wider.ShouldBe(["* deployments.apps: used was get deployments.apps; patch deployments.apps"]);
    }

    [Theory]
    [InlineData("{\"kind\":\"List\",\"items\":[{\"kind\":\"Role\",\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"]}]},{\"kind\":\"RoleBinding\"}]}")]
    [InlineData("kind: RoleBinding\n---\nkind: ClusterRole\nrules:\n- apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]\n---\n")]
    public void Role_AmongOthers_IsFound(string text) => Compare(text, Use("get", "pods", "shop", ["a"])).IsSame.ShouldBeTrue();

    [Theory]
    [InlineData("", "no Role")]
    [InlineData("kind: Pod", "no Role")]
    [InlineData("kind: [", "cannot be read")]
    [InlineData("? [a]\n: b", "a key is no text")]
    [InlineData("kind: Role\nrules: &r [{verbs: [get]}]\nmore: *r", "anchors")]
    public void Text_ThatIsNoRole_SaysWhy(string text, string says)
    {
        PastedRole.Read(text, out var problem).ShouldBeEmpty();

        problem.ShouldContain(says);
    }

    [Fact]
    public void Text_ThatIsHostile_IsRefused()
    {
        PastedRole.Read(new string('[', 20_000), out var deep).ShouldBeEmpty();
        deep.ShouldContain("too deep");
        var many = string.Join(',', Enumerable.Range(0, 200).Select(i => $"r{i}"));
        PastedRole.Read($"kind: Role\nrules: [{{apiGroups: [{many}], resources: [{many}], verbs: [get]}}]", out var large).ShouldBeEmpty();
        large.ShouldContain("rights");
    }
}
