using System.Diagnostics.CodeAnalysis;
using KubeLens.Contracts.Calls;

namespace KubeLens.Contracts.Otlp;

/// <summary>Reads a call back from an OTLP <c>LogRecord</c>; its bodies lie in the bytes of that. Where an attribute is repeated the last one holds.</summary>
public static partial class CallLogReader
{
    private const long NanosecondsPerMicrosecond = 1000;
    private const int TraceIdBytes = 16, SpanIdBytes = 8;
    private const long MaxUnixMicroseconds = 253_402_300_799_999_999; // 9999-12-31

    /// <summary>
    /// False, with an <paramref name="error"/> that names the attribute and what it should hold, when the record is not a call
    /// or a value is out of its range. Unknown attributes are ignored.
    /// </summary>
    public static bool TryRead(OtlpLog log, [NotNullWhen(true)] out CallRecord? call, out string error) => TryRead(log, CallAttributes.EventName, out call, out error);

    /// <summary>The same of another event that describes a call.</summary>
    internal static bool TryRead(OtlpLog log, string eventName, [NotNullWhen(true)] out CallRecord? call, out string error)
    {
        call = null;
        if (log.EventName != eventName)
        {
            error = $"event_name: expected {eventName}, found \"{log.EventName}\"";
            return false;
        }

        var microseconds = (long)(log.TimeUnixNano / (ulong)NanosecondsPerMicrosecond);
        if (microseconds is 0 or > MaxUnixMicroseconds)
        {
            error = "time_unix_nano: expected the completion time in nanoseconds since 1970";
            return false;
        }

        var a = log.ByKey;
        var auditText = a.Text(CallAttributes.AuditId);
        if (!Guid.TryParse(auditText, out var auditId) && auditText.Length > 0)
        {
            a.Fail(CallAttributes.AuditId, "a UUID");
        }

        var read = new CallRecord
        {
            Position = Position(a),
            Time = DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond),
            Gateway = a.Text(CallAttributes.Gateway),
            Boot = a.Text(CallAttributes.Boot),
            Sequence = a.Number(CallAttributes.Sequence, 0, long.MaxValue),
            LatencyUs = a.Number(CallAttributes.Duration, 0, long.MaxValue),
            Outcome = (CallOutcome)a.Number(CallAttributes.Outcome, 0, short.MaxValue),
            Cluster = a.Text(CallAttributes.Cluster),
            User = a.Text(CallAttributes.User),
            Groups = a.Texts(CallAttributes.Groups),
            UserSource = a.Text(CallAttributes.UserSource),
            ImpersonatedUser = a.Text(CallAttributes.ImpersonatedUser),
            Caller = a.Text(CallAttributes.Caller),
            Pod = a.Text(CallAttributes.Pod),
            Node = a.Text(CallAttributes.Node),
            Retention = a.Text(CallAttributes.Retention),
            Verb = a.Text(CallAttributes.Verb),
            ApiPrefix = a.Text(CallAttributes.ApiPrefix),
            ApiGroup = a.Text(CallAttributes.ApiGroup),
            ApiVersion = a.Text(CallAttributes.ApiVersion),
            Resource = a.Text(CallAttributes.Resource),
            Subresource = a.Text(CallAttributes.Subresource),
            Namespace = a.Text(CallAttributes.Namespace),
            Name = a.Text(CallAttributes.Name),
            LabelSelector = a.Text(CallAttributes.LabelSelector),
            FieldSelector = a.Text(CallAttributes.FieldSelector),
            Object = Object(a),
            Options = Options(a),
            Listing = Listing(a),
            Advice = Advice(a),
            Program = Program(a),
            AuditId = auditId,
            ClientAuditId = a.Text(CallAttributes.ClientAuditId),
            Reason = a.Text(CallAttributes.Reason),
            Session = CallSessionReader.Read(a),
            Watch = CallWatchReader.Read(a),
            Method = a.Text(CallAttributes.Method),
            Path = a.Text(CallAttributes.Path),
            Query = a.Text(CallAttributes.Query),
            Status = (int)a.Number(CallAttributes.Status, 0, 999),
            RequestBytes = a.Number(CallAttributes.RequestBytes, 0, long.MaxValue),
            ResponseBytes = a.Number(CallAttributes.ResponseBytes, 0, long.MaxValue),
            UserAgent = a.Text(CallAttributes.UserAgent),
            SourceIp = a.Text(CallAttributes.SourceIp),
            Client = Side(a, CallSideAttributes.Client),
            ClientRequest = a.Number(CallAttributes.ClientRequest, 0, long.MaxValue),
            Upstream = Side(a, CallSideAttributes.Upstream),
            UpstreamRequest = a.Number(CallAttributes.UpstreamRequest, 0, long.MaxValue),
            Timings = new CallTimings(
                Known(a, CallAttributes.ConnectDuration), Known(a, CallAttributes.TlsDuration), Known(a, CallAttributes.FirstByteDuration), Known(a, CallAttributes.UpstreamDuration)),
            Announced = a.Number(CallAttributes.Announced, 0, 1) == 1,
            TraceId = Id(log.TraceId.Span, TraceIdBytes),
            SpanId = Id(log.SpanId.Span, SpanIdBytes),
            RequestHeaders = a.Headers(CallAttributes.RequestHeader),
            ResponseHeaders = a.Headers(CallAttributes.ResponseHeader),
            RequestBody = Body(a, CallAttributes.RequestBody, CallAttributes.RequestBodyNote, CallAttributes.RequestBodyRedacted),
            ResponseBody = Body(a, CallAttributes.ResponseBody, CallAttributes.ResponseBodyNote, CallAttributes.ResponseBodyRedacted),
        };
        error = a.Error;
        call = error.Length == 0 ? read : null;
        return call is not null;
    }

    // OTLP: an id of another length, or of zeros, is no id.
    private static string Id(ReadOnlySpan<byte> id, int length) => id.Length == length && id.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(id) : "";

    private static CallPosition? Position(LogAttributes a)
    {
        if (!a.Has(CallAttributes.BatchId))
        {
            return null;
        }

        var size = (int)a.Number(CallAttributes.BatchSize, 1, CallPosition.MaxBatchSize, required: true);
        return new CallPosition(
            a.Number(CallAttributes.BatchId, 1, long.MaxValue, required: true),
            (int)a.Number(CallAttributes.BatchOrdinal, 0, size - 1, required: true),
            size,
            DateOnly.FromDayNumber((int)a.Number(CallAttributes.BatchDay, 1, DateOnly.MaxValue.DayNumber, required: true)));
    }

    private static CallSide Side(LogAttributes a, CallSideAttributes names) => new()
    {
        Protocol = a.Text(names.Protocol),
        TlsVersion = a.Text(names.TlsVersion),
        Cipher = a.Text(names.Cipher),
        Alpn = a.Text(names.Alpn),
        ServerName = a.Text(names.ServerName),
        Address = a.Text(names.Address),
        Port = (int)a.Number(names.Port, 0, ushort.MaxValue),
        CertificateSubject = a.Text(names.CertificateSubject),
        CertificateIssuer = a.Text(names.CertificateIssuer),
        CertificateSha256 = a.Text(names.CertificateSha256),
        Trust = (CallTrust)a.Number(names.Trust, 0, short.MaxValue),
    };

    private static long? Known(LogAttributes a, string name) => a.Has(name) ? a.Number(name, 0, long.MaxValue) : null;

    private static CallBody Body(LogAttributes a, string content, string note, string redacted) =>
        new(a.Bytes(content), (CallBodyNote)a.Number(note, 0, short.MaxValue), (int)a.Number(redacted, 0, int.MaxValue));
}
