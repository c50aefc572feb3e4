using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Tests.Capture.Watches;
using KubeLens.Gateway.Tests.Redact.Rules;
using static KubeLens.Gateway.Tests.Capture.Watches.WatchHarness;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact.Protobuf.Tree;

/// <summary>What JSON would hide, a tree hides without its names.</summary>
public class TreeSecretTests
{
    private const string Canary = "CANARY", Lasting = "kubectl.kubernetes.io/last-applied-configuration";
    private static readonly string Long = new('x', 40);

    [Fact]
    public void Redact_SecretAndConfigMap_HaveTheKeysOfTheirDataOnly()
    {
        byte[][] data = [Field(2, Entry("a.b", Canary)), Field(2, Join(Field(1, "c"), Field(2, [0xFF, 1]))), Field(3, "Opaque"), Field(4, Entry("d", "")), Field(5, 1)];

        TreeText.Of("Secret", Pods, data).ShouldBe("""{"2":{"a.b":"§","c":"§"},"3":"§","4":{"d":"§"},"5":"§"}""");
        TreeText.Of("ConfigMap", Pods, data).ShouldBe("""{"2":{"a.b":"§","c":"§"},"3":"§","4":{"d":"§"},"5":"§"}""");
        TreeText.Keep("Secret", Pods, data).Text().ShouldContain("\"type\":\"Opaque\"");
        TreeText.Keep("ConfigMap", Pods, data).Text().ShouldNotContain("Opaque");
    }

    public static TheoryData<string, byte[]> NoData => new()
    {
        { "no entry", Field(2, Canary) },
        { "no key", Field(2, Entry($"{Canary} x", "v")) },
        { "two keys", Field(2, Join(Field(1, Canary), Field(1, Canary), Field(2, "v"))) },
        { "no value", Field(2, Field(1, Canary)) },
        { "three parts", Field(2, Join(Entry(Canary, "v"), Field(3, "x"))) },
        { "one that is none", Join(Field(2, Entry("a", "b")), Field(2, Canary)) },
        { "JSON", Field(2, $$"""{"{{Canary}}":1}""") },
        { "a message", Field(2, Field(4, Field(1, Canary))) },
        { "a type of several words", Field(3, $"{Canary} {Canary}") },
        { "two types", Join(Field(3, Canary), Field(3, Canary)) },
    };

    [Theory]
    [MemberData(nameof(NoData))]
    public void Redact_SecretWithOtherFields_ShowsNothingOfThem(string what, byte[] fields)
    {
        TreeText.Keep("Secret", Secrets, fields).Text().ShouldNotContain(Canary, Case.Sensitive, what);
        TreeText.Of("Secret", Secrets, fields).ShouldContain("§", Case.Sensitive, what);
    }

    [Theory]
    [InlineData("Pod", Secrets)]
    [InlineData("Pod", "/apis/x.io/v1/externalsecrets")]
    [InlineData("ExternalSecret", Pods)]
    [InlineData("TokenReview", Pods)]
    [InlineData("CertificateSigningRequest", Pods)]
    public void Redact_OtherObjectsWhoseValuesAreHidden_HaveNoTree(string kind, string target)
    {
        TreeText.Keep(kind, target, Field(2, Entry("a", Canary))).Text().ShouldEndWith("\"namespace\":\"shop\"}}");
        Send(target, Envelope(kind + "List", Field(1, ListMeta("1")), Field(2, Join(Field(1, Meta("web")), Field(2, Entry("a", Canary))))), contentType: ContentType).Text().ShouldNotContain(Canary);
    }

    public static TheoryData<string, byte[], string> Named => new()
    {
        { "a variable", Entry("DB_PASSWORD", Canary), """{"1":"DB_PASSWORD","2":"§"}""" },
        { "a variable from elsewhere", Join(Field(1, "API_TOKEN"), Field(2, ""), Field(3, Field(4, Canary))), """{"1":"API_TOKEN","2":"§","3":"§"}""" },
        { "the value first", Join(Field(2, Canary), Field(1, "api-key")), """{"1":"api-key","2":"§"}""" },
        { "a header", Entry("Authorization", Canary), """{"1":"Authorization","2":"§"}""" },
        { "a copy of the object", Entry(Lasting, Canary), $$"""{"1":"{{Lasting}}","2":"§"}""" },
        { "a toleration", Join(Field(1, "x/secret"), Field(2, "Equal"), Field(3, Canary), Field(4, "NoExecute"), Field(5, 300)), """{"1":"x/secret","2":"§","3":"§","4":"§","5":"§"}""" },
        { "a value that is a message", Join(Field(1, "password"), Field(2, Field(1, Field(1, Canary)))), """{"1":"password","2":"§"}""" },
        { "a value that is JSON", Entry("password", $$"""{"a":"{{Canary}}"}"""), """{"1":"password","2":"§"}""" },
        { "a number", Join(Field(1, "pin-password"), Field(2, 71_177)), """{"1":"pin-password","2":"§"}""" },
        { "two names", Join(Field(1, "password"), Field(1, Canary + "key"), Field(2, "x")), """{"1":["password","§"],"2":"§"}""" },
        { "a name after another", Join(Field(1, Canary), Field(1, "password"), Field(2, Canary)), """{"1":["§","§"],"2":"§"}""" },
    };

    [Theory]
    [MemberData(nameof(Named))]
    public void Redact_ValueWithTheNameOfASecret_IsHidden(string what, byte[] named, string tree)
    {
        TreeText.OfPod(Field(2, named)).ShouldBe($$$"""{"2":{{{tree}}}}""", what);
        TreeText.OfPod(Field(2, Field(7, Join(Field(1, Entry("MODE", "fast")), Field(1, named))))).ShouldBe($$$$$"""{"2":{"7":{"1":[{"1":"MODE","2":"fast"},{{{{{tree}}}}}]}}}""", what);
    }

    public static TheoryData<string, byte[], string> Harmless => new()
    {
        { "another name", Entry("MODE", "fast"), """{"1":"MODE","2":"fast"}""" },
        { "a container", Join(Field(1, "auth-proxy"), Field(2, "proxy:1"), Field(20, "File")), """{"1":"auth-proxy","2":"proxy:1","20":"File"}""" },
        { "a mount", Join(Field(1, "my-secret"), Field(2, 1), Field(3, "/etc/x")), """{"1":"my-secret","2":1,"3":"/etc/x"}""" },
        { "a reference to a role", Join(Field(1, "rbac.authorization.k8s.io"), Field(2, "Role"), Field(3, "reader")), """{"1":"rbac.authorization.k8s.io","2":"Role","3":"reader"}""" },
        { "a reference to a key", Join(Field(1, Field(1, "db-secret")), Field(2, "user")), """{"1":{"1":"db-secret"},"2":"user"}""" },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Redact_WhatIsNoNamedValue_IsKept(string what, byte[] message, string tree) => TreeText.OfPod(Field(2, message)).ShouldBe($$$"""{"2":{{{tree}}}}""", what);

    public static TheoryData<string, byte[], string> Texts => new()
    {
        { "a scheme", Field(2, $"Authorization: Bearer {Canary}"), """{"2":"§"}""" },
        { "a token", Field(2, Field(9, $"eyJhbGciOi.eyJ{Canary}.x")), """{"2":{"9":"§"}}""" },
        { "a password in an address", Field(2, Field(9, $"postgres://u:{Canary}@h/db")), """{"2":{"9":"§"}}""" },
        { "a key in bytes", Field(2, Field(9, $"-----BEGIN PRIVATE KEY-----\n{Canary}\n")), """{"2":"§"}""" },
        { "one flag", Field(4, $"--db-password={Canary}"), """{"4":"§"}""" },
        { "a flag among others", Join(Field(4, "-v"), Field(4, $"--token={Canary}")), """{"4":["-v","§"]}""" },
        { "what follows a flag", Join(Field(4, "--password"), Field(4, Canary), Field(4, "x")), """{"4":["--password","§","x"]}""" },
        { "JSON that follows a flag", Join(Field(4, "--auth-config"), Field(4, $$"""{"a":"{{Canary}}"}"""), Field(4, """{"b":1}""")), """{"4":["--auth-config","§",{"b":1}]}""" },
        { "a message that follows a flag", Join(Field(4, "--password"), Field(4, Field(1, $"{Canary}{Long}"))), """{"4":["--password","§"]}""" },
        { "a command", Field(2, Join(Field(1, "mysql"), Field(1, "--password"), Field(1, $"{Canary}-key"))), """{"2":{"1":["§","§","§"]}}""" },
        { "text that could be a message with a secret", Field(2, Join(Field(4, $"{Canary}{Long}"), Field(1, "API_TOKEN"))), """{"2":"§"}""" },
        { "a message that could be text with a secret", Field(2, Field(1, $"bearer {Canary}{Long}")), """{"2":"§"}""" },
        { "names within JSON", Field(2, Field(1, $$$$"""{"spec":{"password":"{{{{Canary}}}}","env":[{"name":"MY_KEY","value":"{{{{Canary}}}}"}],"note":"Bearer {{{{Canary}}}}"},"a":1}""")), """{"2":"§"}""" },
        { "names within JSON without credentials", Field(2, Field(1, $$$$"""{"spec":{"password":"{{{{Canary}}}}","env":[{"name":"MY_KEY","value":"{{{{Canary}}}}"}]},"a":1}""")), """{"2":{"1":{"spec":{"password":"§","env":[{"name":"MY_KEY","value":"§"}]},"a":1}}}""" },
        { "a Secret within JSON", Field(2, Field(1, $$$$"""{"kind":"Secret","data":{"x":"{{{{Canary}}}}"},"metadata":{"name":"n"}}""")), """{"2":{"1":{"kind":"Secret","data":{"x":"§"},"metadata":{"name":"n"}}}}""" },
        { "a name within JSON that is a credential", Field(2, Field(1, $$"""{"eyJhbGciOi.eyJ{{Canary}}.x":1}""")), """{"2":{"1":"§"}}""" },
        { "bytes", Field(2, [.. "CANARY"u8, 0xFF, 0]), """{"2":{"bytes":8}}""" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Redact_TextThatIsASecret_IsHidden(string what, byte[] fields, string tree) => TreeText.OfPod(fields).ShouldBe(tree, what);

    [Fact]
    public void Redact_WithARuleOfPaths_HasNoTree()
    {
        foreach (var (wire, contentType) in new[] { (Envelope("Widget", Field(1, Meta("web")), Field(2, "spec")), ContentType), (Frame("ADDED", Envelope("Widget", Field(1, Meta("web")), Field(2, "spec"))), WatchHarness.Protobuf) })
        {
            RedactRuleText.Keep(RedactRuleText.Paths("fingerprint", "$.spec.x"), wire, contentType: contentType).Text().ShouldNotContain("fields");
            RedactRuleText.Keep(null, wire, contentType: contentType).Text().ShouldContain("\"fields\":{\"2\":\"spec\"}");
        }
    }

    [Fact]
    public void Redact_JsonAfterATree_IsHiddenByItsOwnNames()
    {
        var redactor = Create(new RedactOptions());
        for (var i = 0; i < 3; i++)
        {
            var context = new BodyContext(RequestInfoParser.Parse("GET", Pods), "GET", false, 200, ContentType, "");
            redactor.Redact(context, new(Envelope("Pod", Field(1, Meta("web")), Field(2, Entry("DB_PASSWORD", Canary)))), false).Body.RedactedValues.ShouldBe(1);
            redactor.Redact(context with { ContentType = RedactHarness.Json }, new("""{"kind":"Pod","spec":{"a":"b","c":"d","e":"f"}}"""u8.ToArray()), false).Body.RedactedValues.ShouldBe(0);
        }
    }
}
