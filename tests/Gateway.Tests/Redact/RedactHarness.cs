using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Redact;

/// <summary>A redactor with a fixed key, and bodies as the wire carries them.</summary>
internal static partial class RedactHarness
{
    public const string Json = "application/json";
    public const string Secrets = "/api/v1/namespaces/shop/secrets";
    public const string Pods = "/api/v1/namespaces/shop/pods";

    private static readonly BodyRedactor Redactor = Create(new RedactOptions());

    public static BodyRedactor Create(RedactOptions options) => new(Options.Create(options), new SecretNames(options.SecretWords), new FingerprintKey(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray()));

    public static RedactedBody Request(string method, string target, string body, string contentType = Json) =>
        Redactor.Redact(new BodyContext(RequestInfoParser.Parse(method, target), method, true, 200, contentType, ""), new(Encoding.UTF8.GetBytes(body)), false);

    public static RedactedBody Response(string target, string body, int status = 200, string contentType = Json, bool truncated = false, string method = "GET") =>
        Send(target, Encoding.UTF8.GetBytes(body), status, contentType, "", truncated, method);

    public static RedactedBody Send(string target, byte[] body, int status = 200, string contentType = Json, string encoding = "", bool truncated = false, string method = "GET", bool isRequest = false) =>
        Redactor.Redact(new BodyContext(RequestInfoParser.Parse(method, target), method, isRequest, status, contentType, encoding), new ReadOnlySequence<byte>(body), truncated);

    public static string Text(this RedactedBody body) => Encoding.UTF8.GetString(body.Body.Content.Span);

    /// <summary>The text with every fingerprint as <c>§</c>.</summary>
    public static string Shape(this RedactedBody body)
    {
        body.Body.Note.ShouldBeOneOf(CallBodyNote.Whole, CallBodyNote.Truncated);
        return Fingerprints().Replace(body.Text(), "§");
    }

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    [GeneratedRegex("<redacted:sha-[0-9a-f]{12}>")]
    private static partial Regex Fingerprints();
}
