using System.Buffers;
using System.Security.Authentication;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Spool;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// Turns an exchange into records: first what is known at its last response byte, straight into the spool;
/// later its bodies, through the queue of the <see cref="BodyWorker"/>.
/// </summary>
internal sealed class CallRecorder(ICallSpool spool, BodyQueue queue, IUpstreamCluster cluster, IOptions<EndpointOptions> endpoint, TimeProvider clock)
{
    private static readonly UpstreamIdentity Nobody = new("", [], "");

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>Appends the call's record to the spool: a memory copy, no system call.</summary>
    public void Record(CallExchange exchange, CallOutcome outcome)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(8 * 1024);
        buffer.ResetWrittenCount();
        CallLogWriter.WriteCall(Describe(exchange, outcome), buffer);
        CaptureMetrics.Recorded(exchange.Info.Verb);
        spool.AppendCall(exchange.Sequence, buffer.WrittenSpan, bodiesFollow: true);
    }

    /// <summary>Hands the kept bodies on once neither direction writes any more; takes over their memory.</summary>
    public void RecordBodies(CallExchange exchange) => queue.Enqueue(BodyJob.Of(exchange));

    private CallRecord Describe(CallExchange exchange, CallOutcome outcome)
    {
        var (context, info) = (exchange.Context, exchange.Info);
        var request = context.Request;
        var user = exchange.User ?? Nobody;
        var (path, query) = TargetRedactor.Redact(exchange.RawTarget);
        var trace = CallSpan.TraceOf(request);
        return new CallRecord
        {
            Time = clock.GetUtcNow(),
            LatencyUs = (long)clock.GetElapsedTime(exchange.StartTimestamp).TotalMicroseconds,
            Gateway = endpoint.Value.Name,
            Boot = spool.Boot,
            Sequence = exchange.Sequence,
            Outcome = outcome,
            Cluster = cluster.Name,
            User = user.User,
            Groups = user.Groups,
            UserSource = user.Source,
            ImpersonatedUser = request.Headers["Impersonate-User"].ToString(),
            Caller = context.Features.Get<ICallerFeature>()?.Name ?? "",
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
            AuditId = exchange.AuditId,
            ClientAuditId = exchange.ClientAuditId,
            Method = exchange.Method,
            Path = path,
            Query = query,
            Status = exchange.StatusOverride ?? context.Response.StatusCode,
            RequestBytes = exchange.RequestBody.Total,
            ResponseBytes = exchange.ResponseBody.Total,
            UserAgent = request.Headers.UserAgent.ToString(),
            SourceIp = Address(context.Connection.RemoteIpAddress),
            ProtocolVersion = HttpProtocol.IsHttp2(request.Protocol) ? "2" : "1.1",
            TlsVersion = Tls(context.Features.Get<ITlsHandshakeFeature>()?.Protocol),
            TraceId = trace == default ? "" : trace.TraceId.ToHexString(),
            SpanId = trace == default ? "" : trace.SpanId.ToHexString(),
            RequestHeaders = HeaderRedactor.Redact(request.Headers),
            ResponseHeaders = HeaderRedactor.Redact(context.Response.Headers),
        };
    }

    private static string Address(System.Net.IPAddress? address) =>
        address is null ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    private static string Tls(SslProtocols? protocol) => protocol switch
    {
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => "",
    };
}
