using System.Text;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Tests.Normalize;

public class ContentFactsTests
{
    [Fact]
    public void Read_Create_TakesTheNameFromTheRequest() =>
        Read("POST", "/api/v1/namespaces/a/pods", 201, """{"spec":{"x":[1,{"name":"no"}]},"metadata":{"labels":{"name":"no"},"name":"web"}}""", """{"kind":"Pod","metadata":{"name":"web","namespace":"a","uid":"u1","resourceVersion":"7"}}""")
            .ShouldBe(new Facts("web", "a", "u1", "7", "", ""));

    [Fact]
    public void Read_GenerateName_TakesTheNameFromTheResponse() =>
        Read("POST", "/api/v1/namespaces/a/pods", 201, """{"metadata":{"generateName":"web-"}}""", """{"kind":"Pod","metadata":{"name":"web-x7k2p","uid":"u1"}}""")
            .Name.ShouldBe("web-x7k2p");

    [Fact]
    public void Read_Status_HasReasonAndMessage() =>
        Read("GET", "/api/v1/namespaces/a/pods/web", 404, "", """{"kind":"Status","status":"Failure","message":"pods \"web\" not found","reason":"NotFound","details":{"name":"web","kind":"pods"},"code":404}""")
            .ShouldBe(new Facts("web", "a", "", "", "NotFound", "pods \"web\" not found"));

    [Fact]
    public void Read_FailedCreate_KeepsTheRequestsName() =>
        Read("POST", "/api/v1/namespaces/a/pods", 409, """{"metadata":{"name":"web"}}""", """{"kind":"Status","reason":"AlreadyExists","details":{"name":"web"}}""")
            .ShouldBe(new Facts("web", "a", "", "", "AlreadyExists", ""));

    [Fact]
    public void Read_Delete_TakesTheUidFromTheDetails() =>
        Read("DELETE", "/api/v1/namespaces/a/pods/web", 200, "", """{"kind":"Status","status":"Success","details":{"name":"web","uid":"u1"}}""")
            .Uid.ShouldBe("u1");

    [Theory]
    [InlineData("""{"kind":"Pod","metadata":{"name":"web","uid":"u""")]
    [InlineData("""{"kind":"Pod","metadata":{"name":"web","x":oops""")]
    public void Read_CutOrMalformed_KeepsWhatCameBefore(string response) =>
        Read("POST", "/api/v1/namespaces/a/pods", 201, "", response).ShouldBe(new Facts("web", "a", "", "", "", ""));

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
        Read("GET", "/api/v1/pods", 200, "", """{"kind":"PodList","metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"web","uid":"u1"}}]}""").ShouldBe(Facts.None);

    private static Facts Read(string method, string target, int status, string request, string response) =>
        ContentFacts.Read(RequestInfoParser.Parse(method, target), method, status, ObjectHead.Read(Encoding.UTF8.GetBytes(request)), ObjectHead.Read(Encoding.UTF8.GetBytes(response)));
}
