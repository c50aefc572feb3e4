using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Tests.Normalize;

public class ContentFactsTests
{
    [Fact]
    public void Read_Create_TakesTheNameFromTheRequest() =>
        Read("POST", "/api/v1/namespaces/a/pods", 201, """{"spec":{"x":[1,{"name":"no"}]},"metadata":{"labels":{"name":"no"},"name":"web"}}""", """{"kind":"Pod","metadata":{"name":"web","namespace":"a","uid":"u1","resourceVersion":"7"}}""")
            .ShouldBe(Named("web", "a") with { Object = new CallObject { Uid = "u1", ResourceVersion = "7" } });

    [Fact]
    public void Read_GenerateName_TakesTheNameFromTheResponse() =>
        Read("POST", "/api/v1/namespaces/a/pods", 201, """{"metadata":{"generateName":"web-"}}""", """{"kind":"Pod","metadata":{"name":"web-x7k2p","uid":"u1"}}""")
            .Name.ShouldBe("web-x7k2p");

    [Fact]
    public void Read_Status_HasReasonAndMessage() =>
        Read("GET", "/api/v1/namespaces/a/pods/web", 404, "", """{"kind":"Status","status":"Failure","message":"pods \"web\" not found","reason":"NotFound","details":{"name":"web","kind":"pods"},"code":404}""")
            .ShouldBe(Named("web", "a") with { Reason = "NotFound", Object = new CallObject { Message = "pods \"web\" not found" } });

    [Fact]
    public void Read_FailedCreate_KeepsTheRequestsName() =>
        Read("POST", "/api/v1/namespaces/a/pods", 409, """{"metadata":{"name":"web"}}""", """{"kind":"Status","reason":"AlreadyExists","details":{"name":"web"}}""")
            .ShouldBe(Named("web", "a") with { Reason = "AlreadyExists" });

    [Fact]
    public void Read_Delete_TakesTheUidFromTheDetails() =>
        Read("DELETE", "/api/v1/namespaces/a/pods/web", 200, "", """{"kind":"Status","status":"Success","details":{"name":"web","uid":"u1"}}""")
            .Object.Uid.ShouldBe("u1");

    [Theory]
    [InlineData("""{"kind":"Pod","metadata":{"name":"web","uid":"u""")]
    [InlineData("""{"kind":"Pod","metadata":{"name":"web","x":oops""")]
    public void Read_CutOrMalformed_KeepsWhatCameBefore(string response) =>
        Read("POST", "/api/v1/namespaces/a/pods", 201, "", response).ShouldBe(Named("web", "a"));

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("rubbish")]
    [InlineData("""{"metadata":"x","kind":{}}""")]
    [InlineData("""{"metadata":[{"name":"x"}]}""")]
    [InlineData("\"\\ud800\"")]
    [InlineData("""{"kind":"\ud800"}""")]
    public void Read_Rubbish_IsNone(string text) =>
        Read("POST", "/api/v1/pods", 201, text, text).ShouldBe(Facts.None);

    [Fact]
    public void Read_List_HasNoName() =>
        Read("GET", "/api/v1/pods", 200, "", """{"kind":"PodList","metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"web","uid":"u1"}}]}""")
            .ShouldBe(Facts.None with { Object = new CallObject { ResourceVersion = "9" }, Listing = new CallListing { Part = CallListingPart.Whole } });

    [Theory]
    [InlineData("PUT", """{"metadata":{"name":"web","resourceVersion":"6"}}""", "6")]
    [InlineData("PATCH", """{"metadata":{"resourceVersion":"6"}}""", "6")]
    [InlineData("PUT", """{"metadata":{"resourceVersion":6}}""", "")]
    [InlineData("PATCH", """[{"op":"test","path":"/metadata/resourceVersion","value":"6"}]""", "")]
    [InlineData("DELETE", """{"kind":"DeleteOptions","preconditions":{"uid":"u1","resourceVersion":"6"}}""", "6")]
    [InlineData("DELETE", """{"preconditions":{"resourceVersion":["6"],"resourceVersion":"7"}}""", "7")]
    [InlineData("PUT", """{"preconditions":{"resourceVersion":"6"}}""", "")]
    public void Read_Write_HasTheVersionThatItInsistedOn(string method, string request, string before) =>
        Read(method, "/api/v1/namespaces/a/pods/web", 409, request, """{"kind":"Status","reason":"Conflict"}""").Object.ResourceVersionBefore.ShouldBe(before);

    [Theory]
    [InlineData("/api/v1/namespaces/a/pods/web", "DELETE", """{"kind":"DeleteOptions","dryRun":["All"],"propagationPolicy":"Orphan"}""")]
    [InlineData("/api/v1/namespaces/a/pods/web/eviction", "POST", """{"kind":"Eviction","metadata":{"name":"web"},"deleteOptions":{"x":[{}],"dryRun":["All"],"propagationPolicy":"Orphan"}}""")]
    public void Read_DeleteOptions_AreOptions(string target, string method, string request) =>
        Read(method, target, 200, request, """{"kind":"Status","status":"Success"}""").Options.ShouldBe(new CallOptions { DryRun = true, Propagation = "Orphan" });

    [Theory]
    [InlineData("""{"kind":"Job","dryRun":["All"],"propagationPolicy":"Orphan"}""")]
    [InlineData("""{"kind":"DeleteOptions","dryRun":"All","propagationPolicy":{"a":"Orphan"}}""")]
    [InlineData("""{"kind":"DeleteOptions","dryRun":[],"preconditions":[]}""")]
    public void Read_OptionsThatAreNone_AreNotTaken(string request) =>
        Read("POST", "/api/v1/namespaces/a/pods", 201, request, "{}").Options.ShouldBe(CallOptions.None);

    [Theory]
    [InlineData("""[{"kind":"Job","name":"a"},{"kind":"ReplicaSet","name":"b","controller":true},{"kind":"Node","name":"c"}]""", "ReplicaSet", "b")]
    [InlineData("""[{"kind":"Job","name":"a","controller":false},{"kind":"Node","name":"c","controller":"yes"}]""", "Job", "a")]
    [InlineData("""[7,[{"kind":"Job","name":"a"}],{"kind":{"kind":"Job"},"name":"c","controller":[true]}]""", "", "c")]
    [InlineData("""{"kind":"Job"}""", "", "")]
    public void Read_Owners_TakesTheControllingOrTheFirst(string owners, string kind, string name)
    {
        var told = Read("GET", "/api/v1/namespaces/a/pods/web", 200, "", $$"""{"kind":"Pod","metadata":{"name":"web","ownerReferences":{{owners}},"generation":3} }""").Object;

        (told.OwnerKind, told.OwnerName, told.Generation).ShouldBe((kind, name, 3));
    }

    [Theory]
    [InlineData("\"3\"")]
    [InlineData("-3")]
    [InlineData("3.5")]
    [InlineData("99999999999999999999")]
    [InlineData("{}")]
    public void Read_GenerationThatIsNone_IsNotTaken(string generation) =>
        Read("GET", "/api/v1/namespaces/a/pods/web", 200, "", $$"""{"kind":"Pod","metadata":{"generation":{{generation}},"uid":"u1"} }""").Object.ShouldBe(new CallObject { Uid = "u1" });

    [Fact]
    public void Read_HugeAndOddWords_AreCutAndKept()
    {
        var told = Read("GET", "/api/v1/namespaces/a/pods/web", 404, "", $$"""{"kind":"Status","message":"{{new string('m', 100_000)}}","details":{"uid":"a\u0000b"} }""").Object;

        told.Message.Length.ShouldBe(CallObject.MaxMessage);
        told.Uid.ShouldBe("a\0b");
    }

    private static Facts Named(string name, string space) => Facts.None with { Name = name, Namespace = space };

    private static Facts Read(string method, string target, int status, string request, string response) =>
        ContentFacts.Read(RequestInfoParser.Parse(method, target), CallOptions.None, method, status, ObjectHead.Read(Encoding.UTF8.GetBytes(request)), ObjectHead.Read(Encoding.UTF8.GetBytes(response)));
}
