using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Tests.Normalize;

public class RequestOptionsReaderTests
{
    private const string Pods = "/api/v1/namespaces/a/pods";

    [Theory]
    [InlineData("application/json-patch+json", "json")]
    [InlineData("application/merge-patch+json; charset=utf-8", "merge")]
    [InlineData("Application/Strategic-Merge-Patch+JSON", "strategic")]
    [InlineData("application/apply-patch+yaml", "apply")]
    [InlineData("application/apply-patch+cbor", "apply")]
    [InlineData("application/json", "")]
    [InlineData("", "")]
    public void Read_Patch_TakesTheTypeFromTheMediaType(string contentType, string type) => Read("PATCH", Pods + "/web", contentType).PatchType.ShouldBe(type);

    [Fact]
    public void Read_OtherMethod_HasNoPatchType() => Read("PUT", Pods + "/web", "application/merge-patch+json").ShouldBe(CallOptions.None);

    [Fact]
    public void Read_AllOptions_AreThere() =>
        Read("DELETE", Pods + "?fieldManager=a%20b&dryRun=All&resourceVersion=0&resourceVersionMatch=NotOlderThan&limit=500&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ&propagationPolicy=Orphan")
            .ShouldBe(new CallOptions { FieldManager = "a b", DryRun = true, ResourceVersion = "0", ResourceVersionMatch = "NotOlderThan", Limit = 500, Continued = true, Propagation = "Orphan" });

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?fieldManager=&dryRun=&limit=0&continue=&resourceVersion=")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=99999999999999999999")]
    [InlineData("?limit=5x&FieldManager=a")]
    [InlineData("?fieldManager=%zz&dryRun=a;b&%zz=1&&=&")]
    public void Read_NothingThatCounts_IsNone(string query) => Read("GET", Pods + query).ShouldBe(CallOptions.None);

    [Fact]
    public void Read_RepeatedOption_TakesTheFirst() => Read("GET", Pods + "?limit=1&limit=2&field%4Danager=x&fieldManager=y").ShouldBe(new CallOptions { Limit = 1, FieldManager = "x" });

    [Fact]
    public void Read_PathThatIsNoResource_HasNone() => Read("GET", "/metrics?limit=5&fieldManager=a").ShouldBe(CallOptions.None);

    [Fact]
    public void Read_HugeOrSecretText_IsCutOrReplaced()
    {
        Read("PUT", $"{Pods}/web?fieldManager={new string('x', 5_000)}").FieldManager.ShouldBe(new string('x', 256));
        Read("PUT", Pods + "/web?fieldManager=Bearer%20abcdef").FieldManager.ShouldBe("<redacted>");
    }

    private static CallOptions Read(string method, string target, string contentType = "") =>
        RequestOptionsReader.Read(RequestInfoParser.Parse(method, target), method, target, contentType);
}
