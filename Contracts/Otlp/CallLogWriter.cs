using System.Buffers;
using System.Globalization;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>
/// Writes a call as an OTLP <c>LogRecord</c>, in up to three pieces whose concatenation is the whole record:
/// what is known at the last response byte, what the bodies tell, and the place in a batch.
/// <see cref="CallLogReader"/> reads it back.
/// </summary>
public static class CallLogWriter
{
    private const int TraceId = 9, SpanId = 10, EventName = 12;

    /// <summary>Everything but position and bodies.</summary>
    public static void WriteCall(CallRecord call, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        w.Time(call.Time);
        w.String(EventName, CallAttributes.EventName);
        WriteId(w, TraceId, call.TraceId);
        WriteId(w, SpanId, call.SpanId);
        w.Attribute(CallAttributes.Gateway, call.Gateway);
        w.Attribute(CallAttributes.Boot, call.Boot);
        w.Attribute(CallAttributes.Sequence, call.Sequence);
        w.Attribute(CallAttributes.Duration, call.LatencyUs);
        w.Attribute(CallAttributes.Outcome, (long)call.Outcome);
        w.Attribute(CallAttributes.Cluster, call.Cluster);
        w.Attribute(CallAttributes.User, call.User);
        w.Attribute(CallAttributes.Groups, call.Groups);
        w.Attribute(CallAttributes.UserSource, call.UserSource);
        w.Attribute(CallAttributes.ImpersonatedUser, call.ImpersonatedUser);
        w.Attribute(CallAttributes.Caller, call.Caller);
        w.Attribute(CallAttributes.Pod, call.Pod);
        w.Attribute(CallAttributes.Node, call.Node);
        w.Attribute(CallAttributes.Retention, call.Retention);
        w.Attribute(CallAttributes.Verb, call.Verb);
        w.Attribute(CallAttributes.ApiPrefix, call.ApiPrefix);
        w.Attribute(CallAttributes.ApiGroup, call.ApiGroup);
        w.Attribute(CallAttributes.ApiVersion, call.ApiVersion);
        w.Attribute(CallAttributes.Resource, call.Resource);
        w.Attribute(CallAttributes.Subresource, call.Subresource);
        w.Attribute(CallAttributes.Namespace, call.Namespace);
        w.Attribute(CallAttributes.Name, call.Name);
        w.Attribute(CallAttributes.LabelSelector, call.LabelSelector);
        w.Attribute(CallAttributes.FieldSelector, call.FieldSelector);
        CallFactsWriter.Write(call.Object, output);
        CallFactsWriter.Write(call.Options, output);
        CallFactsWriter.Write(call.Listing, output);
        CallFactsWriter.Write(call.Advice, w);
        CallFactsWriter.Write(call.Program, w);
        w.Attribute(CallAttributes.AuditId, call.AuditId.ToString("D", CultureInfo.InvariantCulture));
        w.Attribute(CallAttributes.ClientAuditId, call.ClientAuditId);
        w.Attribute(CallAttributes.Reason, call.Reason);
        CallSessionWriter.Write(w, call.Session);
        CallWatchWriter.Write(w, call.Watch);
        w.Attribute(CallAttributes.Method, call.Method);
        w.Attribute(CallAttributes.Path, call.Path);
        w.Attribute(CallAttributes.Query, call.Query);
        if (call.Status != 0)
        {
            w.Attribute(CallAttributes.Status, call.Status);
        }

        w.Attribute(CallAttributes.RequestBytes, call.RequestBytes);
        w.Attribute(CallAttributes.ResponseBytes, call.ResponseBytes);
        w.Attribute(CallAttributes.UserAgent, call.UserAgent);
        w.Attribute(CallAttributes.SourceIp, call.SourceIp);
        WriteClient(call.Client, output);
        WriteUpstream(call.Upstream, output);
        w.PositiveAttribute(CallAttributes.ClientRequest, call.ClientRequest);
        w.PositiveAttribute(CallAttributes.UpstreamRequest, call.UpstreamRequest);
        w.KnownAttribute(CallAttributes.ConnectDuration, call.Timings.ConnectUs);
        w.KnownAttribute(CallAttributes.TlsDuration, call.Timings.TlsUs);
        w.KnownAttribute(CallAttributes.FirstByteDuration, call.Timings.FirstByteUs);
        w.KnownAttribute(CallAttributes.UpstreamDuration, call.Timings.UpstreamUs);
        w.FlagAttribute(CallAttributes.Announced, call.Announced);
        WriteHeaders(w, CallAttributes.RequestHeader, call.RequestHeaders);
        WriteHeaders(w, CallAttributes.ResponseHeader, call.ResponseHeaders);
    }

    /// <summary>The client's connection, for those who write it once and add it to many calls.</summary>
    public static void WriteClient(CallSide side, IBufferWriter<byte> output) => WriteSide(new ProtobufWriter(output), side, CallSideAttributes.Client);

    /// <inheritdoc cref="WriteClient"/>
    public static void WriteUpstream(CallSide side, IBufferWriter<byte> output) => WriteSide(new ProtobufWriter(output), side, CallSideAttributes.Upstream);

    /// <summary>The bodies; a body without content still carries its note.</summary>
    public static void WriteBodies(CallBody request, CallBody response, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        WriteBody(w, request, CallAttributes.RequestBody, CallAttributes.RequestBodyNote, CallAttributes.RequestBodyRedacted);
        WriteBody(w, response, CallAttributes.ResponseBody, CallAttributes.ResponseBodyNote, CallAttributes.ResponseBodyRedacted);
    }

    /// <summary>A text that only the bodies told (a generated name, a reason); it replaces what <see cref="WriteCall"/> wrote.</summary>
    public static void WriteText(string attribute, string value, IBufferWriter<byte> output) => new ProtobufWriter(output).Attribute(attribute, value);

    /// <summary>A number that is known better later; it replaces what <see cref="WriteCall"/> wrote.</summary>
    public static void WriteNumber(string attribute, long value, IBufferWriter<byte> output) => new ProtobufWriter(output).Attribute(attribute, value);

    /// <summary>The place in a batch, known when the batch is cut.</summary>
    public static void WritePosition(CallPosition position, IBufferWriter<byte> output)
    {
        var w = new ProtobufWriter(output);
        w.Attribute(CallAttributes.BatchId, position.BatchId);
        w.Attribute(CallAttributes.BatchOrdinal, position.Ordinal);
        w.Attribute(CallAttributes.BatchSize, position.BatchSize);
        w.Attribute(CallAttributes.BatchDay, position.BatchDay.DayNumber);
    }

    private static void WriteSide(ProtobufWriter w, CallSide side, CallSideAttributes names)
    {
        if (side == CallSide.None)
        {
            return;
        }

        w.Attribute(names.Protocol, side.Protocol);
        w.Attribute(names.TlsVersion, side.TlsVersion);
        w.Attribute(names.Cipher, side.Cipher);
        w.Attribute(names.Alpn, side.Alpn);
        w.Attribute(names.ServerName, side.ServerName);
        w.Attribute(names.Address, side.Address);
        w.PositiveAttribute(names.Port, side.Port);
        w.Attribute(names.CertificateSubject, side.CertificateSubject);
        w.Attribute(names.CertificateIssuer, side.CertificateIssuer);
        w.Attribute(names.CertificateSha256, side.CertificateSha256);
        w.PositiveAttribute(names.Trust, (long)side.Trust);
    }

    private static void WriteBody(ProtobufWriter w, CallBody body, string content, string note, string redacted)
    {
        w.Attribute(content, body.Content.Span);
        if (body.Note != CallBodyNote.Whole)
        {
            w.Attribute(note, (long)body.Note);
        }

        w.PositiveAttribute(redacted, body.RedactedValues);
    }

    private static void WriteHeaders(ProtobufWriter w, string prefix, IReadOnlyList<CallHeader> headers)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            w.Attribute(string.Concat(prefix, headers[i].Name), headers[i].Values);
        }
    }

    private static void WriteId(ProtobufWriter w, int field, string hex)
    {
        if (hex.Length > 0)
        {
            w.Bytes(field, Convert.FromHexString(hex));
        }
    }
}
