using System.Buffers;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Redact.Rules;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Bench.Capture;

/// <summary>A captured call and what the gateway does with it beside forwarding: read, redact, encode.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Target">Of the request.</param>
/// <param name="ContentType">Of the response.</param>
/// <param name="Body">The response as it passed; empty where no body is kept.</param>
/// <param name="Events">In the body, of which each is counted as one; 1 where it is no watch.</param>
/// <param name="Rules">The operator's redaction rules; null where there are none.</param>
internal record CaptureCase(string Name, string Target, string ContentType, byte[] Body, int Events = 1, CallRules? Rules = null)
{
    private readonly ArrayBufferWriter<byte> _output = new(512 * 1024);

    /// <summary>Does it once; as <c>CallRecorder</c> and <c>BodyWorker</c> do.</summary>
    /// <returns>Bytes of the record.</returns>
    public virtual int Run(BodyRedactor redactor, IHeaderDictionary request, IHeaderDictionary response, int cap)
    {
        _output.ResetWrittenCount();
        var info = RequestInfoParser.Parse("GET", Target);
        var (path, query) = TargetRedactor.Redact(Target);
        CallLogWriter.WriteCall(
            new CallRecord
            {
                Time = DateTimeOffset.UnixEpoch.AddDays(20_000),
                Gateway = "bench",
                Boot = "00112233445566778899aabb"[..16],
                Sequence = 1,
                Cluster = "bench",
                User = "system:serviceaccount:shop:checkout",
                Groups = ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"],
                UserSource = "token-review",
                Verb = info.Verb,
                ApiPrefix = info.ApiPrefix,
                ApiVersion = info.ApiVersion,
                Resource = info.Resource,
                Namespace = info.Namespace,
                Name = info.Name,
                AuditId = Guid.AllBitsSet,
                Method = "GET",
                Path = path,
                Query = query,
                Status = 200,
                ResponseBytes = Body.Length,
                UserAgent = "checkout/v1.2.3 (linux/amd64) kubernetes/70d3cc9",
                SourceIp = "10.1.2.3",
                RequestHeaders = HeaderRedactor.Redact(request, Rules),
                ResponseHeaders = HeaderRedactor.Redact(response, Rules),
            },
            _output);
        if (Body.Length > 0)
        {
            var kept = new ReadOnlySequence<byte>(Body, 0, Math.Min(cap, Body.Length));
            var redacted = redactor.Redact(new BodyContext(info, "GET", IsRequest: false, StatusCodes.Status200OK, ContentType, "", Rules: Rules), kept, truncated: Body.Length > cap);
            if (redacted.Body.Content.Length == 0)
            {
                throw new BenchException($"{Name}: its body was not kept ({redacted.Body.Note}), so there is nothing to measure.");
            }

            CallLogWriter.WriteBodies(CallBody.None, redacted.Body, _output);
            var facts = ContentFacts.Read(info, CallOptions.None, "GET", StatusCodes.Status200OK, default, redacted.Head);
            CallFactsWriter.Write(facts.Object, _output);
            CallFactsWriter.Write(facts.Listing, _output);
        }

        return _output.WrittenCount;
    }
}
