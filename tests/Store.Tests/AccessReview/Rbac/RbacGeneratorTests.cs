using KubeLens.Contracts.Search;
using KubeLens.Store.AccessReview.Rbac;

namespace KubeLens.Store.Tests.AccessReview.Rbac;

public sealed class RbacGeneratorTests
{
    private const string Robot = "system:serviceaccount:shop:robot";

    private static readonly AccessUse[] Uses =
    [
        Use("get", "pods", "shop", ["web-0", "web-1"]),
        Use("delete", "pods", "shop", ["web-0", "web-1"]),
        Use("get", "configmaps", "shop", ["settings"]),
        Use("list", "pods", "shop", [""]),
        Use("watch", "pods", "shop", [""]),
        Use("list", "services", "shop", [""]),
        Use("watch", "services", "shop", [""]),
        Use("create", "jobs", "shop", ["nightly"], "batch"),
        Use("deletecollection", "jobs", "shop", [""], "batch"),
        Use("patch", "deployments", "shop", ["web"], "apps"),
        Use("update", "deployments", "shop", ["web"], "apps", "scale"),
        Use("get", "pods", "shop", ["web-0"], sub: "log"),
        Use("get", "secrets", "shop", ["a", "b"]) with { HasMoreNames = true },
        Use("get", "pods", "backend", ["db-0"]),
        Use("get", "pods", "backend", [""], sub: "status"),
        Use("list", "pods", "", [""]),
        Use("get", "nodes", "", ["worker-1"]),
        Use("get", "", "", ["/healthz", "/apis"]),
        Use("post", "", "", ["/hook"]),
    ];

    private static AccessUse Use(string verb, string resource, string space, string[] names, string group = "", string sub = "") => new()
    {
        Verb = verb,
        Resource = resource,
        Subresource = sub,
        ApiGroup = group,
        Namespace = space,
        Names = names,
        Calls = 1,
        IsGranted = true,
    };

    [Theory]
    [InlineData("names")]
    [InlineData("names-cluster")]
    [InlineData("resource")]
    [InlineData("resource-cluster")]
    [InlineData("namespace")]
    [InlineData("namespace-wildcards")]
    public async Task Yaml_OfALevel_IsTheGoldenOne(string golden)
    {
        var choice = new RbacChoice(Enum.Parse<RbacLevel>(golden.Split('-')[0], ignoreCase: true), golden.EndsWith("-cluster", StringComparison.Ordinal), golden.EndsWith("-wildcards", StringComparison.Ordinal));

        var yaml = RbacYaml.Write(RbacGenerator.Generate(Uses, choice), RbacSubject.Of(Robot), [$"As {golden}."]);

        yaml.ShouldBe(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "AccessReview", "Rbac", "Golden", $"{golden}.yaml"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("create")]
    [InlineData("list")]
    [InlineData("watch")]
    [InlineData("deletecollection")]
    public void Rule_OfAVerbWithoutNames_HasNone(string verb)
    {
        foreach (var sub in (string[])["", "exec"])
        {
            var role = RbacGenerator.Generate([Use(verb, "pods", "shop", ["web-0"], sub: sub), Use("get", "pods", "shop", ["web-0"], sub: sub)], default).ShouldHaveSingleItem();

            role.Rules.Select(rule => (string.Join(',', rule.Verbs), string.Join(',', rule.ResourceNames))).ShouldBe([(verb, ""), ("get", "web-0")]);
        }
    }

    [Theory]
    [InlineData("Names")]
    [InlineData("Resource")]
    [InlineData("Namespace")]
    public void Wildcards_AreThereOnlyIfChosen(string name)
    {
        var level = Enum.Parse<RbacLevel>(name);
        foreach (var wide in (bool[])[false, true])
        {
            RbacGenerator.Generate(Uses, new RbacChoice(level, wide, Wildcards: false)).SelectMany(role => role.Rules)
                .ShouldAllBe(rule => !rule.ApiGroups.Concat(rule.Resources).Concat(rule.Verbs).Concat(rule.ResourceNames).Concat(rule.NonResourceUrls).Contains("*"));
        }
    }

    /// <summary>A name that is none would otherwise be a right to every object.</summary>
    [Fact]
    public void Names_OfObjectsOfTwoNamespaces_StayLimitedInOneRole()
    {
        var role = RbacGenerator.Generate([Use("get", "pods", "a", ["one"]), Use("get", "pods", "b", ["two"])], new RbacChoice(RbacLevel.Names, IsClusterWide: true, false)).ShouldHaveSingleItem();

        role.Rules.ShouldHaveSingleItem().ResourceNames.ShouldBe(["one", "two"]);
    }

    [Theory]
    [InlineData(Robot, "ServiceAccount", "shop", "robot")]
    [InlineData("alice", "User", "", "alice")]
    [InlineData("system:serviceaccount:shop", "User", "", "system:serviceaccount:shop")]
    [InlineData("system:serviceaccount:a:b:c", "User", "", "system:serviceaccount:a:b:c")]
    public void Subject_OfAUser_IsWhatTheApiserverBinds(string user, string kind, string space, string name)
    {
        var subject = RbacSubject.Of(user);

        (subject.Kind, subject.Namespace, subject.Name).ShouldBe((kind, space, name));
    }

    [Fact]
    public void RoleNames_OfUsersWhoLookAlike_Differ()
    {
        string[] users = ["alice", "Alice", "alice!", "alice-", "al ice", new('x', 200), new('x', 201), "älice"];

        users.Select(user => RbacSubject.Of(user).RoleName).Distinct().Count().ShouldBe(users.Length);
        users.Select(user => RbacSubject.Of(user).RoleName).ShouldAllBe(name => name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
    }

    /// <summary>Callers choose names and paths.</summary>
    [Theory]
    [InlineData("\"]}\n---\nkind: ClusterRoleBinding")]
    [InlineData("a\u2028b\u0085c\r\nd")]
    [InlineData("#{{ .Values.x }}*&!|>'\\\"%@`")]
    public void Text_OfACaller_StaysAText(string text)
    {
        var yaml = RbacYaml.Write(RbacGenerator.Generate([Use("get", "pods", "shop", [text]), Use("get", text, text, [text]), Use(text, "", "", [text])], default), RbacSubject.Of(text), [RbacYaml.Quote(text)]);

        var plain = RbacYaml.Write(RbacGenerator.Generate([Use("get", "pods", "shop", ["x"]), Use("get", "x", "x", ["x"]), Use("x", "", "", ["x"])], default), RbacSubject.Of(text), [RbacYaml.Quote("x")]);
        yaml.Split('\n').Length.ShouldBe(plain.Split('\n').Length);
        yaml.ShouldAllBe(c => c == '\n' || (c >= ' ' && c < '\u007f'));
        System.Text.Json.JsonSerializer.Deserialize<string>(RbacYaml.Quote(text)).ShouldBe(text);
    }
}
