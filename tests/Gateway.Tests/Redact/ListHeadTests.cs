using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Tests.Redact.Protobuf;
using KubeLens.Testing;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact;

/// <summary>What is known of a list from what is kept of it.</summary>
public class ListHeadTests
{
    private const string Items = """{"metadata":{"name":"a","uid":"no"},"spec":{"items":[1,2,3],"password":"x","t":"Bearer abcdef"}},{"metadata":{"name":"b","continue":"no"}}""";
    private const string Typed = $$"""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"eyJh","remainingItemCount":7},"items":[{{Items}}]}""";

    // As custom resources are: members by the alphabet.
    private const string Sorted = $$"""{"apiVersion":"v1","items":[{{Items}}],"kind":"WorkList","metadata":{"continue":"","resourceVersion":"9"} }""";
    private const string Table = """{"kind":"Table","metadata":{"resourceVersion":"9"},"columnDefinitions":[{"name":"Name"}],"rows":[{"cells":["a"],"object":{"kind":"PartialObjectMetadata","metadata":{"name":"a"} } }]}""";

    public static TheoryData<string, byte[]> Syntaxes => new()
    {
        { Json, Encoding.UTF8.GetBytes(Typed) },
        { "application/yaml", Encoding.UTF8.GetBytes("# a comment\n" + Typed) },
        { CborWire.ContentType, CborWire.FromJson(Typed) },
        { ProtobufWire.ContentType, ProtobufWire.Envelope("PodList", ProtobufWire.Field(1, ProtobufWire.Join(ProtobufWire.Field(1, ""), ProtobufWire.Field(2, "9"), ProtobufWire.Field(3, "eyJh"), ProtobufWire.Field(4, 7L))), Pod("a"), Pod("b")) },
    };

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void List_InEachSyntax_IsCountedAndAPage(string contentType, byte[] body)
    {
        var facts = Facts(Pods, Send(Pods, body, contentType: contentType));

        facts.Listing.ShouldBe(new CallListing { Part = CallListingPart.Page, Items = 2, RemainingItems = 7, Continues = true });
        (facts.Object.ResourceVersion, facts.Object.Uid, facts.Name).ShouldBe(("9", "", ""));
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void List_CutAnywhere_IsCountedWhereTheEndOfItsItemsIsKeptOnly(string contentType, byte[] body)
    {
        for (var length = 1; length < body.Length; length++)
        {
            var listing = Facts(Pods, Send(Pods, body[..length], contentType: contentType, truncated: true)).Listing;

            listing.Items.ShouldBeOneOf(null, 2);
            listing.Part.ShouldBeOneOf(CallListingPart.Unknown, CallListingPart.Page);
        }
    }

    [Fact]
    public void List_WhoseItemsComeFirst_IsCountedAndWhole() =>
        Facts("/apis/x.io/v1/works", Response("/apis/x.io/v1/works", Sorted)).ShouldSatisfyAllConditions(
            f => f.Listing.ShouldBe(new CallListing { Part = CallListingPart.Whole, Items = 2 }),
            f => f.Object.ResourceVersion.ShouldBe("9"));

    [Fact]
    public void List_WhoseItemsComeFirstAndWhoseEndIsCut_IsCountedAndNotKnownToBeWhole() =>
        Facts("/apis/x.io/v1/works", Response("/apis/x.io/v1/works", Sorted[..^10], truncated: true)).Listing.ShouldBe(CallListing.None with { Items = 2 });

    [Fact]
    public void Table_IsCountedByItsRows() => Facts(Pods, Response(Pods, Table)).Listing.ShouldBe(new CallListing { Part = CallListingPart.Whole, Items = 1 });

    [Fact]
    public void MetadataList_IsCounted() =>
        Facts(Pods, Response(Pods, Typed.Replace("PodList", "PartialObjectMetadataList", StringComparison.Ordinal))).Listing.Items.ShouldBe(2);

    [Fact]
    public void SecretList_WhoseValuesBecomeLonger_IsCounted()
    {
        var facts = Facts(Secrets, Response(Secrets, """{"items":[{"data":{"a":"eA==","b":"eQ=="}},{"data":{"a":"eg=="}}],"kind":"SecretList","metadata":{"remainingItemCount":1}}"""));

        facts.Listing.ShouldBe(new CallListing { Part = CallListingPart.Page, Items = 2, RemainingItems = 1 });
    }

    [Theory]
    [InlineData("""{"kind":"PodList","items":7,"metadata":{}}""", null)]
    [InlineData("""{"kind":"PodList","items":[],"metadata":{}}""", 0)]
    [InlineData("""{"kind":"PodList","items":null,"metadata":{}}""", null)]
    [InlineData("""{"kind":"PodList","items":[1,2,3],"items":[[],{}],"metadata":{}}""", 2)]
    [InlineData("""{"kind":"PodList","items":{"items":[1]},"metadata":{}}""", null)]
    public void List_OfOddItems_IsCountedByWhatIsThere(string body, int? items) =>
        Facts(Pods, Response(Pods, body)).Listing.ShouldBe(new CallListing { Part = CallListingPart.Whole, Items = items });

    [Theory]
    [InlineData("/api/v1/namespaces/shop/pods/p", """{"kind":"Pod","metadata":{"name":"p"},"items":[1]}""", 200)]
    [InlineData(Pods, """{"kind":"Status","metadata":{},"reason":"Expired"}""", 410)]
    [InlineData(Pods + "?watch=1", """{"type":"ADDED","object":{"kind":"PodList","items":[1]}}""", 200)]
    public void Answer_ThatIsNoList_HasNoListing(string target, string body, int status) =>
        Facts(target, Response(target, body, status), status).Listing.ShouldBe(CallListing.None);

    private static byte[] Pod(string name) => ProtobufWire.Field(2, ProtobufWire.Field(1, ProtobufWire.Meta(name)));

    private static Facts Facts(string target, RedactedBody body, int status = 200) =>
        ContentFacts.Read(RequestInfoParser.Parse("GET", target), CallOptions.None, "GET", status, default, body.Head);
}
