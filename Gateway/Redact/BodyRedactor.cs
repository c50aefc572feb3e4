using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact.Json;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Redact;

/// <summary>
/// Makes a body storable: decompressed, cut to the limit, with fingerprints in the place of secrets. A body that cannot be
/// understood is not kept. Thread-safe; runs in the capture worker, not while forwarding.
/// </summary>
internal sealed class BodyRedactor(IOptions<RedactOptions> options, FingerprintKey key)
{
    private static readonly RedactedBody None = new(CallBody.None, "");

    private readonly RedactOptions _options = options.Value;
    private readonly ObjectPool<RedactScratch> _scratches = new DefaultObjectPool<RedactScratch>(new RedactScratch.Policy(new SecretNames(options.Value.SecretWords), key));

    /// <param name="context">Whose body it is.</param>
    /// <param name="kept">Its first bytes on the wire, content-encoded as sent.</param>
    /// <param name="truncated">There were more, or it ended before its end.</param>
    public RedactedBody Redact(in BodyContext context, ReadOnlySequence<byte> kept, bool truncated)
    {
        if (kept.IsEmpty && !truncated)
        {
            return None;
        }

        var scratch = _scratches.Get();
        try
        {
            return Redact(context, kept, truncated, scratch);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Malformed JSON, or text in it that is not Unicode (InvalidOperationException): it cannot be told what is secret in it.
            return Without(CallBodyNote.Undecodable);
        }
        finally
        {
            _scratches.Return(scratch);
        }
    }

    private RedactedBody Redact(in BodyContext context, in ReadOnlySequence<byte> kept, bool truncated, RedactScratch scratch)
    {
        var excluded = BodyPolicy.IsExcluded(context.Info);
        var failed = !context.IsRequest && context.Status >= StatusCodes.Status400BadRequest;
        if (excluded && !failed)
        {
            return Without(CallBodyNote.NotCaptured);
        }

        var syntax = MediaType.SyntaxOf(context.ContentType);
        var isText = syntax == BodySyntax.Text && !excluded && BodyPolicy.KeepsText(context.Info, context.IsRequest);
        if (!isText && syntax is not (BodySyntax.Json or BodySyntax.Yaml))
        {
            return Without(excluded ? CallBodyNote.NotCaptured : CallBodyNote.UnsupportedType);
        }

        var decoded = BodyDecoder.Decode(kept, context.ContentEncoding, truncated, _options.MaxBodyBytes, scratch.Decoded);
        if (decoded is BodyDecoder.Outcome.Unsupported or BodyDecoder.Outcome.Undecodable)
        {
            return Without(excluded ? CallBodyNote.NotCaptured : decoded == BodyDecoder.Outcome.Unsupported ? CallBodyNote.UnsupportedType : CallBodyNote.Undecodable);
        }

        var cut = decoded == BodyDecoder.Outcome.Truncated;
        var text = Utf8Text.Trim(scratch.Decoded.WrittenSpan, cut);
        if (!Utf8.IsValid(text))
        {
            return Without(excluded ? CallBodyNote.NotCaptured : CallBodyNote.Undecodable);
        }

        if (excluded)
        {
            return Without(CallBodyNote.NotCaptured, StatusReason(text));
        }

        return isText ? KeepText(text, cut) : RedactJson(context, text, syntax, cut, failed, scratch);
    }

    private RedactedBody RedactJson(in BodyContext context, ReadOnlySpan<byte> text, BodySyntax syntax, bool cut, bool failed, RedactScratch scratch)
    {
        // A watch ends when either side leaves, in the middle of an event if need be.
        var isWhole = !cut && context.Info.Verb != "watch";
        if (syntax == BodySyntax.Yaml && !JsonSniffer.IsJson(text, isWhole))
        {
            if (!YamlToJson.TryConvert(text, isWhole, scratch.Converted))
            {
                return Without(CallBodyNote.Undecodable);
            }

            text = scratch.Converted.WrittenSpan;
        }

        var source = new JsonRedactor.Source(
            context.IsRequest,
            context.IsRequest && context.Method == "PATCH",
            SensitivityOf.Body(context.Info, context.Method, context.IsRequest),
            context.Info.Namespace,
            context.Info.Name);
        var result = scratch.Json.Redact(text, isWhole, source, _options.MaxBodyBytes, scratch.Output);
        var content = scratch.Output.WrittenSpan.ToArray();
        var note = cut || !result.Whole ? CallBodyNote.Truncated : CallBodyNote.Whole;
        return new RedactedBody(new CallBody(content, note, result.Redacted), failed ? StatusReason(content) : "");
    }

    private RedactedBody KeepText(ReadOnlySpan<byte> text, bool cut)
    {
        if (cut || text.Length > _options.MaxTextBytes || CredentialText.Contains(text))
        {
            return Without(CallBodyNote.NotCaptured);
        }

        return new RedactedBody(new CallBody(text.ToArray(), CallBodyNote.Whole, 0), "");
    }

    private static RedactedBody Without(CallBodyNote note, string reason = "") => new(new CallBody(ReadOnlyMemory<byte>.Empty, note, 0), reason);

    // Behind a proxy the answer may be anybody's: only a word is taken from it.
    private static string StatusReason(ReadOnlySpan<byte> json)
    {
        const int Longest = 64;
        var head = ObjectHead.Read(json);
        return head is { IsStatus: true, Reason: { Length: <= Longest } reason } && reason.All(char.IsAsciiLetter) ? reason : "";
    }
}
