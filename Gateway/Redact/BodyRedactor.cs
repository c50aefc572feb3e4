using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact.Cbor;
using KubeLens.Gateway.Redact.Json;
using KubeLens.Gateway.Redact.Protobuf;
using KubeLens.Gateway.Redact.Protobuf.Tree;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Redact;

/// <summary>
/// Makes a body storable: decompressed, cut to the limit, with fingerprints in the place of secrets. A body that cannot be
/// understood is not kept. Thread-safe; runs in the capture worker, not while forwarding.
/// </summary>
internal sealed class BodyRedactor(IOptions<RedactOptions> options, SecretNames names, FingerprintKey key)
{
    private static readonly RedactedBody None = new(CallBody.None, default);

    private readonly RedactOptions _options = options.Value;
    private readonly ObjectPool<RedactScratch> _scratches = new DefaultObjectPool<RedactScratch>(new RedactScratch.Policy(names, key));

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
        var excluded = !context.IsOwn && BodyPolicy.IsExcluded(context.Info);
        var failed = !context.IsRequest && context.Status >= StatusCodes.Status400BadRequest;
        var named = BodyPolicy.HasHarmlessNames(context.Info);
        if (excluded && !failed && !named)
        {
            return Without(CallBodyNote.NotCaptured);
        }

        var syntax = MediaType.SyntaxOf(context.ContentType);
        var keepsNothing = excluded ? CallBodyNote.NotCaptured : CallBodyNote.UnsupportedType;
        var isFramed = syntax == BodySyntax.Protobuf && MediaType.IsStream(context.ContentType);
        if (syntax == BodySyntax.Unknown || (isFramed && (excluded || context.IsRequest)) || (syntax == BodySyntax.Text && (excluded || !BodyPolicy.KeepsText(context.Info, context.IsRequest))))
        {
            return Without(keepsNothing);
        }

        var decoded = BodyDecoder.Decode(kept, context.ContentEncoding, truncated, _options.MaxBodyBytes, scratch.Decoded);
        if (decoded is BodyDecoder.Outcome.Unsupported or BodyDecoder.Outcome.Undecodable)
        {
            return Without(excluded || decoded == BodyDecoder.Outcome.Unsupported ? keepsNothing : CallBodyNote.Undecodable);
        }

        var cut = decoded == BodyDecoder.Outcome.Truncated;
        if (isFramed)
        {
            var tree = TreeOf(context, scratch);
            var note = WatchToJson.Convert(scratch.Decoded.WrittenSpan, _options.MaxBodyBytes, scratch.Converted, tree);
            return note == CallBodyNote.Undecodable ? Without(note) : RedactJson(context, scratch.Converted.WrittenSpan, isWhole: false, cut ? CallBodyNote.Truncated : note, scratch, tree?.Hidden);
        }

        if (syntax == BodySyntax.Protobuf)
        {
            var tree = excluded ? null : TreeOf(context, scratch);
            var note = ProtobufToJson.Convert(scratch.Decoded.WrittenSpan, !cut, context.IsRequest, _options.MaxBodyBytes, scratch.Converted, tree);
            return excluded ? Without(keepsNothing, Harmless(ObjectHead.Read(scratch.Converted.WrittenSpan), named))
                : note == CallBodyNote.UnsupportedType ? Without(note)
                : RedactJson(context, scratch.Converted.WrittenSpan, isWhole: true, note, scratch, tree?.Hidden);
        }

        if (syntax == BodySyntax.Cbor)
        {
            var isWhole = !cut && context.Info.Verb != "watch";
            var note = CborToJson.Convert(scratch.Decoded.WrittenMemory, isWhole, _options.MaxBodyBytes, scratch.Converted);
            return excluded ? Without(keepsNothing, Harmless(ObjectHead.Read(scratch.Converted.WrittenSpan), named))
                : note == CallBodyNote.Undecodable ? Without(note)
                : RedactJson(context, scratch.Converted.WrittenSpan, isWhole && note == CallBodyNote.Whole, cut ? CallBodyNote.Truncated : note, scratch);
        }

        var text = Utf8Text.Trim(scratch.Decoded.WrittenSpan, cut);
        if (excluded)
        {
            return Without(CallBodyNote.NotCaptured, Harmless(ObjectHead.Read(text), named));
        }

        if (!Utf8.IsValid(text))
        {
            return Without(CallBodyNote.Undecodable);
        }

        return syntax == BodySyntax.Text ? KeepText(text, cut) : RedactText(context, text, syntax, cut, scratch);
    }

    private RedactedBody RedactText(in BodyContext context, ReadOnlySpan<byte> text, BodySyntax syntax, bool cut, RedactScratch scratch)
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

        return RedactJson(context, text, isWhole, cut ? CallBodyNote.Truncated : CallBodyNote.Whole, scratch);
    }

    // An operator's rules name members, and in a tree there are none.
    private static FieldTree? TreeOf(in BodyContext context, RedactScratch scratch)
    {
        if (context.Rules is { HasPaths: true })
        {
            return null;
        }

        scratch.Tree.Begin(SensitivityOf.Body(context.Info, context.Method, context.IsRequest));
        return scratch.Tree;
    }

    private RedactedBody RedactJson(in BodyContext context, ReadOnlySpan<byte> text, bool isWhole, CallBodyNote note, RedactScratch scratch, IReadOnlyList<int>? hidden = null)
    {
        var source = new JsonRedactor.Source(
            context.IsRequest,
            context.IsRequest && context.Method == "PATCH",
            SensitivityOf.Body(context.Info, context.Method, context.IsRequest),
            context.Info.Namespace,
            context.Info.Name,
            context.Rules,
            hidden);
        var result = scratch.Json.Redact(text, isWhole, source, _options.MaxBodyBytes, scratch.Output);
        var head = ObjectHead.Read(scratch.Output.WrittenSpan, result.Items);

        // A list that was converted from what was cut has all its brackets, but not all its items.
        head.Items = note == CallBodyNote.Truncated && isWhole ? null : head.Items;
        var content = scratch.Output.WrittenSpan.ToArray();
        return new RedactedBody(new CallBody(content, result.Whole ? note : CallBodyNote.Truncated, result.Redacted), head);
    }

    private RedactedBody KeepText(ReadOnlySpan<byte> text, bool cut)
    {
        if (cut || text.Length > _options.MaxTextBytes || CredentialText.Contains(text))
        {
            return Without(CallBodyNote.NotCaptured);
        }

        return new RedactedBody(new CallBody(text.ToArray(), CallBodyNote.Whole, 0), default);
    }

    private static RedactedBody Without(CallBodyNote note, ObjectHead head = default) => new(new CallBody(ReadOnlyMemory<byte>.Empty, note, 0), head);

    // Behind a proxy the answer may be anybody's: only a word is taken from it.
    private static ObjectHead Harmless(in ObjectHead head, bool named)
    {
        const int Longest = 64;
        var reason = head is { IsStatus: true, Reason: { Length: <= Longest } text } && text.All(char.IsAsciiLetter) ? text : null;
        return named
            ? new ObjectHead { Kind = head.Kind, Reason = reason, Name = head.Name, Uid = head.Uid, ResourceVersion = head.ResourceVersion, HasMetadata = head.HasMetadata, Continues = head.Continues, RemainingItems = head.RemainingItems }
            : new ObjectHead { Kind = reason is null ? null : head.Kind, Reason = reason };
    }
}
