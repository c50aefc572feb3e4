using System.Buffers;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Capture.Open;
using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Redact.Rules;
using KubeLens.Gateway.Spool;
using KubeLens.Gateway.Telemetry;
using KubeLens.Gateway.Upstream;
using KubeLens.Gateway.Upstream.Connections;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// Turns an exchange into records: first what is known at its last response byte, straight into the spool;
/// later its bodies, through the queue of the <see cref="BodyWorker"/>.
/// </summary>
internal sealed class CallRecorder(ICallSpool spool, BodyQueue queue, OpenCalls open, RedactRules redact, SecretNames names, CallTelemetry telemetry, IOptions<EndpointOptions> endpoint, TimeProvider clock)
{
    private static readonly UpstreamIdentity Nobody = new("", [], "");

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>Appends the call's record to the spool: a memory copy, no system call. Only counts it where its rule leaves it out.</summary>
    public void Record(CallExchange exchange, CallOutcome outcome)
    {
        open.Remove(exchange.Sequence);
        telemetry.EndedLong(exchange);
        var announced = exchange.Open?.End() == true;
        if (exchange.Rule is { } rule && WhyLeftOut(rule, exchange, outcome) is { } reason)
        {
            exchange.IsLeftOut = true;
            CaptureMetrics.LeftOut(rule.Key, exchange.Cluster.Name, reason);
            if (!telemetry.Wants(exchange))
            {
                return;
            }
        }

        exchange.Redaction = RulesFor(exchange);
        if (CallError.IsKept(Status(exchange), outcome))
        {
            exchange.Span?.Keep();
        }

        var described = Describe(exchange, outcome, exchange.Redaction);
        if (!exchange.IsLeftOut)
        {
            var buffer = Buffer();
            CallLogWriter.WriteCall(described with { ClientRequest = exchange.Client.Count(), Announced = announced }, buffer);
            WriteConnections(exchange, buffer);
            CaptureMetrics.Recorded(exchange.Info.Verb);
            spool.AppendCall(exchange.Sequence, buffer.WrittenSpan, bodiesFollow: true);
        }

        if (telemetry.Wants(exchange))
        {
            telemetry.Ended(exchange, described);
        }
    }

    /// <summary>Notes what is known of a call that may take long, so that the Store can be told; in the call's own flow. Nothing where a rule will leave it out.</summary>
    public void RecordOpen(CallExchange exchange, bool answered)
    {
        telemetry.Began(exchange);
        var isLeftOut = exchange.Rule is { Level: CaptureLevel.None } && !NeverLeftOut.InSpiteOfNone(exchange, answered ? Status(exchange) : 0);
        if (isLeftOut && exchange.Span is null)
        {
            return;
        }

        var described = Describe(exchange, CallOutcome.Completed, RulesFor(exchange));
        if (answered)
        {
            telemetry.Answered(exchange, described);
        }

        if (isLeftOut)
        {
            return;
        }

        var buffer = Buffer();
        InFlightLog.WriteOpen(answered ? described : described with { Status = 0, ResponseHeaders = [] }, buffer);
        WriteConnections(exchange, buffer);
        if (exchange.Open is { } known)
        {
            known.Watch = exchange.Watch;
            known.Describe(buffer.WrittenSpan);
            return;
        }

        exchange.Open = new OpenCall(exchange.RequestBody, exchange.ResponseBody, exchange.StartTimestamp);
        exchange.Open.Describe(buffer.WrittenSpan);
        open.Add(exchange.Sequence, exchange.Open);
    }

    /// <summary>Hands the kept bodies on once neither direction writes any more; takes over their memory.</summary>
    public void RecordBodies(CallExchange exchange)
    {
        exchange.Session?.Dispose();
        exchange.Watch?.Dispose();
        if (exchange.IsLeftOut)
        {
            exchange.Session?.Recording?.Dispose();
            exchange.RequestBody.Dispose();
            exchange.ResponseBody.Dispose();
            return;
        }

        queue.Enqueue(BodyJob.Of(exchange, names));
    }

    private CallRules? RulesFor(CallExchange exchange) => redact.For(exchange.Cluster.Name, exchange.Info);

    private static ArrayBufferWriter<byte> Buffer()
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(8 * 1024);
        buffer.ResetWrittenCount();
        return buffer;
    }

    private static void WriteConnections(CallExchange exchange, ArrayBufferWriter<byte> buffer)
    {
        buffer.Write(exchange.Client.Written);
        if (exchange.Upstream?.Connection is { } upstream)
        {
            buffer.Write(upstream.Written.Span);
        }
    }

    private static string? WhyLeftOut(PolicyRule rule, CallExchange exchange, CallOutcome outcome)
    {
        var status = Status(exchange);
        if (rule.Level == CaptureLevel.None)
        {
            return NeverLeftOut.InSpiteOfNone(exchange, status) ? null : "none";
        }

        return rule.Sample > 1 && NeverLeftOut.MayBeSampled(exchange, outcome, status) && !rule.Takes() ? "sample" : null;
    }

    private static int Status(CallExchange exchange) => exchange.StatusOverride ?? exchange.Context.Response.StatusCode;

    private CallRecord Describe(CallExchange exchange, CallOutcome outcome, CallRules? rules)
    {
        // One moment for all that is measured up to it: describing a call takes time itself.
        var ended = clock.GetTimestamp();
        var (context, info) = (exchange.Context, exchange.Info);
        var request = context.Request;
        var user = exchange.User ?? Nobody;
        var caller = context.Features.Get<ICallerFeature>();
        var (path, query) = TargetRedactor.Redact(exchange.RawTarget, names);
        var trace = exchange.Span?.Exported ?? CallTracing.CallerOf(request);
        var requestHeaders = HeaderRedactor.Redact(request.Headers, rules, names);
        var responseHeaders = HeaderRedactor.Redact(context.Response.Headers, rules, names);
        var session = SessionRequest.KindOf(info) is { } kind ? SessionRequest.Read(kind, info, query) : CallSession.None;
        return new CallRecord
        {
            Time = clock.GetUtcNow(),
            LatencyUs = (long)clock.GetElapsedTime(exchange.StartTimestamp, ended).TotalMicroseconds,
            Gateway = endpoint.Value.Name,
            Boot = spool.Boot,
            Sequence = exchange.Sequence,
            Outcome = outcome,
            Cluster = exchange.Cluster.Name,
            User = user.User,
            Groups = user.Groups,
            UserSource = user.Source,
            ImpersonatedUser = request.Headers["Impersonate-User"].ToString(),
            Caller = caller?.Name ?? "",
            Pod = caller?.Workload.Pod ?? "",
            Node = caller?.Workload.Node ?? "",
            Retention = exchange.Cluster.Plan.Options.Retention,
            Verb = info.Verb,
            ApiPrefix = info.ApiPrefix,
            ApiGroup = info.ApiGroup,
            ApiVersion = info.ApiVersion,
            Resource = info.Resource,
            Subresource = info.Subresource,
            Namespace = info.Namespace,
            Name = info.Name,
            LabelSelector = info.LabelSelector,
            FieldSelector = info.FieldSelector,
            Options = exchange.Options,
            Advice = HeaderFacts.Advice(responseHeaders),
            Program = HeaderFacts.Program(requestHeaders),
            AuditId = exchange.AuditId,
            ClientAuditId = exchange.ClientAuditId,
            Session = exchange.Session?.Describe(session) ?? session,
            Watch = exchange.Watch?.Describe() ?? CallWatch.None,
            Method = exchange.Method,
            Path = path,
            Query = query,
            Status = Status(exchange),
            RequestBytes = exchange.RequestBody.Total,
            ResponseBytes = exchange.ResponseBody.Total,
            UserAgent = rules?.RedactsHeader("user-agent") == true ? HeaderRedactor.Redacted : request.Headers.UserAgent.ToString(),
            SourceIp = TlsFacts.Address(context.Connection.RemoteIpAddress),
            UpstreamRequest = exchange.Upstream?.Request ?? 0,
            Timings = exchange.Upstream is { } use ? Timings(use, exchange.StartTimestamp, ended, outcome) : CallTimings.None,
            TraceId = trace == default ? "" : trace.TraceId.ToHexString(),
            SpanId = trace == default ? "" : trace.SpanId.ToHexString(),
            RequestHeaders = requestHeaders,
            ResponseHeaders = responseHeaders,
        };
    }

    private static CallTimings Timings(UpstreamUse use, long start, long ended, CallOutcome outcome) => new(
        use.Opened ? use.Connection?.ConnectUs : null,
        use.Opened ? use.Connection?.TlsUs : null,
        use.UntilAnswered(start),
        use.SentUntil(ended, waited: outcome == CallOutcome.ClientLeft)); // a client that gave up waited for the upstream all the same
}
