using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeLens.Gateway.Redact;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact.Protobuf.Tree;

/// <summary>What is kept of objects beside their metadata; § stands for a fingerprint.</summary>
internal static partial class TreeText
{
    private static readonly JsonSerializerOptions Plain = new() { MaxDepth = 256, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tree of a pod with these fields.</summary>
    public static string OfPod(params byte[][] fields) => Of("Pod", Pods, fields);

    /// <summary>The tree of an object with these fields; empty where none is kept.</summary>
    public static string Of(string kind, string target, params byte[][] fields) => In(Keep(kind, target, fields).Text());

    public static RedactedBody Keep(string kind, string target, params byte[][] fields) => Send(target, Envelope(kind, [Field(1, Meta("web")), .. fields]), contentType: ContentType);

    public static string In(string kept) => JsonNode.Parse(kept, documentOptions: new() { MaxDepth = 256 })!["fields"] is { } fields ? Fingerprints().Replace(fields.ToJsonString(Plain), "§") : "";

    [GeneratedRegex("<redacted:sha-[0-9a-f]{12}>")]
    private static partial Regex Fingerprints();
}
