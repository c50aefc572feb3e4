using System.Runtime.CompilerServices;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Testing;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact.Cbor;

/// <summary>
/// What a kube-apiserver 1.20 sent as JSON, as a 1.32 would as CBOR: the same is kept, fingerprints included, but for the order of names.
/// After an intended change, run once with <c>KUBELENS_GOLDEN=write</c> and read the difference.
/// </summary>
public class CborGoldenTests
{
    public static TheoryData<string, string, string, int, string> Captures => new()
    {
        { "secret-table", "GET", Secrets + "?includeObject=Object", 200, CborWire.ContentType },
        { "secret-watch", "GET", Secrets + "?watch=1", 200, CborWire.Sequence },
        { "secret-apply", "PATCH", Secrets + "/ssa?fieldManager=probe", 0, "application/apply-patch+cbor" },
        { "secret-status", "POST", Secrets, 400, CborWire.ContentType },
        { "deployment-create", "POST", "/apis/apps/v1/namespaces/shop/deployments", 0, CborWire.ContentType },
        { "deployment-get", "GET", "/apis/apps/v1/namespaces/shop/deployments/web", 200, "application/cbor; charset=x" },
    };

    [Theory]
    [MemberData(nameof(Captures))]
    public void Redact_Capture_KeepsWhatTheGoldenFileSays(string name, string method, string target, int status, string contentType)
    {
        var wire = Path.Combine(Folder(), $"{name}.wire.cbor");
        var kept = Path.Combine(Folder(), $"{name}.kept.cbor.json");
        var isWriting = Environment.GetEnvironmentVariable("KUBELENS_GOLDEN") == "write";
        if (isWriting)
        {
            File.WriteAllBytes(wire, CborWire.FromJson(File.ReadAllBytes(Path.Combine(Folder(), $"{name}.wire.json"))));
        }

        var body = Send(target, File.ReadAllBytes(wire), status, contentType, method: method, isRequest: status == 0);
        if (isWriting)
        {
            File.WriteAllText(kept, body.Text());
        }

        body.Body.Note.ShouldBe(CallBodyNote.Whole);
        body.Text().Contains("CANARY", StringComparison.Ordinal).ShouldBeFalse();
        body.Text().Contains("Q0FOQVJZ", StringComparison.Ordinal).ShouldBeFalse();
        body.Text().ShouldBe(File.ReadAllText(kept));
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Redact_Capture_KeepsWhatItsJsonKeeps(string name, string method, string target, int status, string contentType)
    {
        var json = File.ReadAllBytes(Path.Combine(Folder(), $"{name}.wire.json"));

        var expected = Send(target, json, status, method: method, isRequest: status == 0);
        var body = Send(target, CborWire.FromJson(json), status, contentType, method: method, isRequest: status == 0);

        body.Body.RedactedValues.ShouldBe(expected.Body.RedactedValues);
        body.Head.ShouldBe(expected.Head);
        CborWire.FromJson(body.Text()).ShouldBe(CborWire.FromJson(expected.Text()));
    }

    [Fact]
    public void Redact_Status_TellsItsReason()
    {
        var head = Send("/api/v1/namespaces/shop/pods/x", CborWire.FromJson("""{"kind":"Status","reason":"NotFound","message":"pods \"x\" not found"}"""), 404, CborWire.ContentType).Head;

        ContentFacts.Read(RequestInfoParser.Parse("GET", "/api/v1/namespaces/shop/pods/x"), CallOptions.None, "GET", 404, default, head)
            .ShouldSatisfyAllConditions(f => f.Reason.ShouldBe("NotFound"), f => f.Object.Message.ShouldBe("pods \"x\" not found"));
    }

    [Fact]
    public void Redact_Created_TellsItsName()
    {
        var wire = CborWire.FromJson("""{"kind":"Pod","metadata":{"name":"web-x7k2p","generateName":"web-","uid":"u1","resourceVersion":"7"}}""");
        var head = Send(Pods, wire, 201, CborWire.ContentType, method: "POST").Head;

        ContentFacts.Read(RequestInfoParser.Parse("POST", Pods), CallOptions.None, "POST", 201, default, head)
            .ShouldSatisfyAllConditions(f => f.Name.ShouldBe("web-x7k2p"), f => f.Object.Uid.ShouldBe("u1"), f => f.Object.ResourceVersion.ShouldBe("7"));
    }

    // Of what is not kept only the harmless.
    [Fact]
    public void Redact_RefusedTokenReview_TellsItsReasonAlone()
    {
        var body = Send("/apis/authentication.k8s.io/v1/tokenreviews", CborWire.FromJson("""{"kind":"Status","reason":"Forbidden","message":"CANARY"}"""), 403, CborWire.ContentType, method: "POST");

        body.Body.ShouldBe(CallBody.None with { Note = CallBodyNote.NotCaptured });
        body.Head.ShouldSatisfyAllConditions(h => h.Reason.ShouldBe("Forbidden"), h => h.Message.ShouldBeNull());
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "Golden");
}
