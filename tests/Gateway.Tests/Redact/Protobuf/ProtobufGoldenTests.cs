using System.Buffers;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact.Protobuf;

/// <summary>What a real cluster sent and what is kept of it; § stands for a fingerprint.</summary>
public class ProtobufGoldenTests
{
    private const string Namespace = "/api/v1/namespaces/protobuf-golden";

    private const string Secret = """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"db","namespace":"protobuf-golden","uid":"60ccc134-03d8-454d-8b18-379af83a8fca","resourceVersion":"858","creationTimestamp":"2026-11-24T07:50:14Z","labels":{"app":"shop","tier":"back"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"§","login":"§","note":"two\nlines"},"finalizers":["example.org/keep"]}}""";
    private const string PodMeta = """{"name":"web","namespace":"protobuf-golden","uid":"94865af6-6e3a-45e2-ad51-82558add21c7","resourceVersion":"825","creationTimestamp":"2026-11-24T07:49:55Z","labels":{"app":"shop"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"§"}}""";
    private const string Owner = """[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"shop-5bc5959d79","uid":"f39347c8-35b7-43f3-9ae4-535426eccb76","controller":true,"blockOwnerDeletion":true}]""";
    private const string First = """{"kind":"Pod","metadata":{"name":"shop-5bc5959d79-6th8b","generateName":"shop-5bc5959d79-","namespace":"protobuf-golden","uid":"128a3325-0a92-423c-8457-37d28450fa25","resourceVersion":"839","creationTimestamp":"2026-11-24T07:49:55Z","labels":{"app":"shop","pod-template-hash":"5bc5959d79"},"ownerReferences":""" + Owner + "}}";
    private const string Second = """{"kind":"Pod","metadata":{"name":"shop-5bc5959d79-8kbdm","generateName":"shop-5bc5959d79-","namespace":"protobuf-golden","uid":"cd8c1376-28ed-4eb1-86ae-f7c5cc733b20","resourceVersion":"845","creationTimestamp":"2026-11-24T07:49:55Z","labels":{"app":"shop","pod-template-hash":"5bc5959d79"},"ownerReferences":""" + Owner + "}}";
    private const string ListBegin = """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"858"},"items":[""";
    private const string Pods = ListBegin + First + "," + Second + """,{"kind":"Pod","metadata":""" + PodMeta + "}]}";

    [Theory]
    [InlineData("secret", "/secrets/db", Secret)]
    [InlineData("configmap", "/configmaps/settings", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"settings","namespace":"protobuf-golden","uid":"087f0e41-6da6-4f3d-a253-60c2a38016bc","resourceVersion":"824","creationTimestamp":"2026-11-24T07:49:55Z","labels":{"app":"shop"},"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"§"}}}""")]
    [InlineData("pod", "/pods/web", """{"kind":"Pod","apiVersion":"v1","metadata":""" + PodMeta + "}")]
    [InlineData("podlist", "/pods", Pods)]
    [InlineData("deployment", "/deployments/shop", """{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"shop","namespace":"protobuf-golden","uid":"97289672-8676-46bc-85f2-cece5602c6b0","resourceVersion":"843","generation":1,"creationTimestamp":"2026-11-24T07:49:55Z","labels":{"app":"shop"},"annotations":{"deployment.kubernetes.io/revision":"1","kubectl.kubernetes.io/last-applied-configuration":"§"}}}""")]
    public void Redact_RealObject_KeepsTypeAndMetadata(string golden, string target, string kept)
    {
        var body = Send(Namespace + target, Golden(golden), contentType: ContentType);

        body.Body.Note.ShouldBe(CallBodyNote.MetadataOnly);
        Shape(WithoutTrees(body.Text())).ShouldBe(kept);
    }

    // After an intended change, run once with KUBELENS_GOLDEN=write and read the difference.
    [Theory]
    [InlineData("secret", "/secrets/db")]
    [InlineData("configmap", "/configmaps/settings")]
    [InlineData("pod", "/pods/web")]
    [InlineData("podlist", "/pods")]
    [InlineData("deployment", "/deployments/shop")]
    public void Redact_RealObject_KeepsTheRestAsATree(string golden, string target)
    {
        var body = Send(Namespace + target, Golden(golden), contentType: ContentType);

        var file = Path.Combine(Folder(), $"{golden}.kept.bin.json");
        if (Environment.GetEnvironmentVariable("KUBELENS_GOLDEN") == "write")
        {
            File.WriteAllText(file, body.Text() + "\n");
        }

        body.Text().ShouldBe(File.ReadAllText(file).TrimEnd('\n'));
        body.Body.RedactedValues.ShouldBe(System.Text.RegularExpressions.Regex.Count(body.Text(), "<redacted:sha-[0-9a-f]{12}>"));
    }

    [Fact]
    public void Redact_RealStatus_IsWhole()
    {
        var body = Send(Namespace + "/secrets/absent", Golden("status"), 404, ContentType);

        body.Body.ShouldBe(body.Body with { Note = CallBodyNote.Whole, RedactedValues = 0 });
        body.Text().ShouldBe("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"secrets \"absent\" not found","reason":"NotFound","details":{"name":"absent","kind":"secrets"},"code":404}""");
        body.Head.Reason.ShouldBe("NotFound");
    }

    [Fact]
    public void Redact_SecretThatKubectlCreates_HasItsName()
    {
        var body = Send(Namespace + "/secrets", Golden("secret-create"), contentType: ContentType, method: "POST", isRequest: true);

        Shape(body.Text()).ShouldBe("""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"made","namespace":"protobuf-golden"},"fields":{"2":{"password":"§"},"3":"§"}}""");
        ContentFacts.Read(RequestInfoParser.Parse("POST", "/api/v1/secrets"), CallOptions.None, "POST", 201, body.Head, default).ShouldBe(Facts.None with { Name = "made", Namespace = "protobuf-golden" });
    }

    [Fact]
    public void Redact_RealListInGzip_IsTheSame() =>
        Shape(WithoutTrees(Send(Namespace + "/pods", Gzip(Golden("podlist")), contentType: ContentType, encoding: "gzip").Text())).ShouldBe(Pods);

    [Theory]
    [InlineData(5_000, ListBegin + First + "," + Second + "]}")]
    [InlineData(3_000, ListBegin + First + "]}")]
    [InlineData(100, ListBegin + "]}")]
    [InlineData(25, """{"kind":"PodList","apiVersion":"v1"}""")]
    public void Redact_CutList_KeepsWhatIsWhole(int length, string kept)
    {
        var body = Send(Namespace + "/pods", Golden("podlist")[..length], contentType: ContentType, truncated: true);

        body.Body.Note.ShouldBe(CallBodyNote.Truncated);
        WithoutTrees(body.Text()).ShouldBe(kept);
    }

    [Fact]
    public void Redact_CutObject_KeepsItsMetadataWhenThatIsThere()
    {
        var wire = Golden("secret");

        Shape(Send(Namespace + "/secrets/db", wire[..^10], contentType: ContentType, truncated: true).Text()).ShouldBe(Secret);
        var early = Send(Namespace + "/secrets/db", wire[..200], contentType: ContentType, truncated: true);
        (early.Body.Note, early.Text()).ShouldBe((CallBodyNote.Truncated, """{"kind":"Secret","apiVersion":"v1"}"""));
    }

    [Fact]
    public void Redact_LongerThanTheLimit_IsCutByWholeTokens()
    {
        var redactor = Create(new() { MaxBodyBytes = 2_000 });
        var context = new Gateway.Redact.BodyContext(RequestInfoParser.Parse("GET", Namespace + "/pods"), "GET", false, 200, ContentType, "");

        var body = redactor.Redact(context, new ReadOnlySequence<byte>(Golden("podlist")), truncated: false);

        body.Body.Note.ShouldBe(CallBodyNote.Truncated);
        body.Body.Content.Length.ShouldBeLessThanOrEqualTo(2_000);
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "Golden");

    // RedactHarness.Shape expects another note.
    private static string Shape(string text) => System.Text.RegularExpressions.Regex.Replace(text, "<redacted:sha-[0-9a-f]{12}>", "§");
}
