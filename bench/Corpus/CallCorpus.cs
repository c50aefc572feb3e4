using System.Globalization;
using System.Text;
using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Corpus;

/// <summary>
/// Calls as a gateway delivers them, of a simulated cluster (<see cref="SimulatedCluster"/>) at 192 calls a second with the mix of
/// <see cref="Traffic"/>. The same seed gives the same calls. Bodies are whole Kubernetes objects, each of which keeps its identity and
/// bookkeeping and changes from version to version as its kind does; audit-ids are UUIDv7 with random bits, every fifth call belongs to
/// a trace of random ids, and latencies, sizes and connections vary as they do. JSON throughout: protobuf, which many components speak,
/// would be kept as less.
/// </summary>
internal sealed class CallCorpus
{
    public const double CallsPerSecond = 192;

    /// <summary>Calls that a gateway sends together: what arrives in <c>Delivery:BatchWait</c>.</summary>
    public const int BatchSize = 48;

    /// <summary>When the first call is made.</summary>
    public static readonly DateTime Start = new(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc);

    private const string Boot = "5eed5eed5eed5eed";

    private readonly Random _random;
    private readonly TrafficKind[] _wheel;
    private readonly DateTime _start;
    private readonly int _batchSize;
    private DateTime _time;
    private long _sequence;

    /// <param name="seed">Of what is drawn at random.</param>
    /// <param name="start">When the first call is made.</param>
    /// <param name="batchSize">Calls of a batch.</param>
    public CallCorpus(int seed, DateTime? start = null, int batchSize = BatchSize)
    {
        _batchSize = batchSize;
        _random = new Random(seed);
        _time = _start = start ?? Start;
        Kinds = new Traffic(new SimulatedCluster(_random, _start), _random).Kinds;
        _wheel = [.. Kinds.SelectMany(kind => Enumerable.Repeat(kind, kind.Percent))];
    }

    public IReadOnlyList<TrafficKind> Kinds { get; }

    /// <summary>The next calls, whole batches but for the last.</summary>
    public IEnumerable<(string Kind, CallRecord Call)> Take(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var kind = _wheel[_random.Next(_wheel.Length)];
            _time = _time.AddTicks((long)(-Math.Log(1 - _random.NextDouble()) / CallsPerSecond * TimeSpan.TicksPerSecond) / 10 * 10);
            yield return (kind.Name, Record(kind.Next(_time), i, Math.Min(_batchSize, count - i / _batchSize * _batchSize)));
        }
    }

    private CallRecord Record(CallSketch sketch, int number, int batchSize)
    {
        var about = sketch.About;
        var agent = sketch.Agent;
        var latency = sketch.WatchSeconds > 0 ? sketch.WatchSeconds * 1_000_000L + _random.Next(900_000) : (long)(900 * Math.Exp(_random.NextDouble() * 3.2)) + sketch.Response.Length / 20;
        var auditId = AuditId(_time.AddTicks(-latency * TimeSpan.TicksPerMicrosecond));
        var traced = _random.Next(5) == 0;
        var (group, version) = PathGroup(sketch.Path);
        return new CallRecord
        {
            Position = new CallPosition((0x5eedL << 32) + number / _batchSize + 1, number % _batchSize, batchSize, DateOnly.FromDateTime(_start)),
            Gateway = "gateway-0",
            Boot = Boot,
            Sequence = ++_sequence,
            Time = _time,
            LatencyUs = latency,
            Cluster = "prod-eu-1",
            User = agent.User,
            Groups = agent.Groups,
            UserSource = agent.UserSource,
            Caller = agent.User,
            Pod = agent.Pod,
            Node = agent.Node,
            Verb = sketch.Verb,
            ApiPrefix = sketch.Path.StartsWith("/apis/", StringComparison.Ordinal) ? "apis" : sketch.Path.StartsWith("/api/", StringComparison.Ordinal) ? "api" : "",
            ApiGroup = group,
            ApiVersion = version,
            Resource = ResourceOf(sketch),
            Subresource = sketch.Subresource,
            Namespace = about?.Namespace ?? NamespaceOf(sketch.Path),
            Name = about is null || sketch.Verb is "list" or "watch" or "create" ? "" : NameOf(sketch, about),
            FieldSelector = sketch.Query.Contains("fieldSelector", StringComparison.Ordinal) ? $"metadata.name={about!.Name}" : "",
            LabelSelector = sketch.Query.Contains("labelSelector", StringComparison.Ordinal) ? Uri.UnescapeDataString(sketch.Query["labelSelector=".Length..]) : "",
            Object = new CallObject
            {
                Uid = about is null || sketch.Verb is "list" or "watch" || sketch.Status >= 400 ? "" : about.Uid,
                ResourceVersion = sketch.Revision > 0 ? sketch.Revision.ToString(CultureInfo.InvariantCulture) : "",
                OwnerKind = about is { Owner: { } owner, Kind: "Pod" } && sketch.Verb is "get" or "patch" && sketch.Status < 400 ? about!.Owner!.Kind : "",
                OwnerName = about is { Owner: not null, Kind: "Pod" } && sketch.Verb is "get" or "patch" && sketch.Status < 400 ? about!.Owner?.Name ?? "" : "",
            },
            Options = sketch.Options,
            Listing = sketch.Listing,
            Program = sketch.Program,
            Advice = new CallAdvice { FlowSchema = FlowSchema(agent), PriorityLevel = PriorityLevel(agent) },
            Watch = sketch.WatchSeconds == 0 ? CallWatch.None : new CallWatch { Encoding = "json", Modified = sketch.WatchEvents, ModifiedBytes = sketch.WatchEvents * 3_000L, Bookmarks = sketch.WatchSeconds / 60, BookmarkBytes = sketch.WatchSeconds / 60 * 120L },
            AuditId = auditId,
            Reason = sketch.Reason,
            Method = sketch.Method,
            Path = sketch.Path,
            Query = sketch.Query,
            Status = sketch.Status,
            RequestBytes = sketch.Request.Length,
            ResponseBytes = sketch.Response.Length,
            UserAgent = agent.UserAgent,
            SourceIp = agent.Address,
            Client = new CallSide { Protocol = "2", TlsVersion = "1.3", Cipher = "TLS_AES_128_GCM_SHA256", Alpn = "h2", ServerName = "api.prod-eu-1.internal", Address = agent.Address, Port = agent.Port, CertificateSubject = agent.Subject, CertificateIssuer = agent.Subject.Length > 0 ? "CN=kubernetes-ca" : "", Trust = agent.Subject.Length > 0 ? CallTrust.Verified : CallTrust.Unverified },
            ClientRequest = ++agent.Requests,
            Upstream = new CallSide { Protocol = "2", TlsVersion = "1.3", Cipher = "TLS_AES_128_GCM_SHA256", Alpn = "h2", ServerName = "10.0.9.10", Address = "10.0.9.10", Port = 6443, CertificateSubject = "CN=kube-apiserver", CertificateIssuer = "CN=kubernetes-ca", CertificateSha256 = "4F1D5A9C0B3E7786A2C1D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F6071829", Trust = CallTrust.Verified },
            UpstreamRequest = _sequence / 4 + 1,
            Timings = new CallTimings(null, null, latency * 6 / 10 + _random.Next(100), latency * 9 / 10),
            TraceId = traced ? Hex(16) : "",
            SpanId = traced ? Hex(8) : "",
            RequestHeaders = RequestHeaders(sketch),
            ResponseHeaders = ResponseHeaders(sketch, auditId),
            RequestBody = Body(sketch.Request, sketch.IsSecret),
            ResponseBody = Body(sketch.Response, sketch.IsSecret),
        };
    }

    private static CallBody Body(string text, bool secret) => text.Length == 0 ? CallBody.None : new CallBody(Encoding.UTF8.GetBytes(text), CallBodyNote.Whole, secret ? 3 : 0);

    private static List<CallHeader> RequestHeaders(CallSketch sketch)
    {
        var headers = new List<CallHeader> { new("accept", ["application/json, */*"]), new("accept-encoding", ["gzip"]), new("user-agent", [sketch.Agent.UserAgent]) };
        if (sketch.Agent.Subject.Length == 0)
        {
            headers.Add(new("authorization", ["Bearer <redacted>"]));
        }

        if (sketch.Request.Length > 0)
        {
            headers.Add(new("content-type", [sketch.Verb == "patch" ? "application/strategic-merge-patch+json" : "application/json"]));
            headers.Add(new("content-length", [sketch.Request.Length.ToString(CultureInfo.InvariantCulture)]));
        }

        return headers;
    }

    private List<CallHeader> ResponseHeaders(CallSketch sketch, Guid auditId)
    {
        var headers = new List<CallHeader>
        {
            new("audit-id", [auditId.ToString()]),
            new("cache-control", ["no-cache, private"]),
            new("content-type", ["application/json"]),
            new("date", [_time.ToString("R", CultureInfo.InvariantCulture)]),
            new("x-kubernetes-pf-flowschema-uid", [FlowSchema(sketch.Agent)]),
            new("x-kubernetes-pf-prioritylevel-uid", [PriorityLevel(sketch.Agent)]),
        };
        if (sketch.WatchSeconds == 0)
        {
            headers.Add(new("content-length", [sketch.Response.Length.ToString(CultureInfo.InvariantCulture)]));
        }

        return headers;
    }

    private static string FlowSchema(Agent agent) => agent.Subject.Length > 0 ? "6f1c1f5a-6e0b-4a52-8d0c-7a1de3f2b901" : agent.User.StartsWith("system:serviceaccount:kube-system", StringComparison.Ordinal) ? "a4c3b1d2-5f60-4718-92a3-b4c5d6e7f809" : "0d2f4a6b-8c0e-4d3f-a5b7-c9d1e3f50718";

    private static string PriorityLevel(Agent agent) => agent.Subject.Length > 0 ? "0b7f2f0e-1d4b-4c55-9a3e-cc1f3f7a2b10" : "5e6f7081-92a3-4b4c-8d5e-6f708192a3b4";

    private static string NameOf(CallSketch sketch, KubeObject about) => sketch.Status == 404 ? sketch.Path[(sketch.Path.LastIndexOf('/') + 1)..] : about.Name;

    // /apis/apps/v1/…, /api/v1/…, /version
    private static (string Group, string Version) PathGroup(string path) => path.Split('/') switch
    {
        ["", "apis", var group, var version, ..] => (group, version),
        ["", "api", var version, ..] => ("", version),
        _ => ("", ""),
    };

    private static string ResourceOf(CallSketch sketch) => sketch.About?.Resource ?? (sketch.Path.StartsWith("/apis/", StringComparison.Ordinal) ? sketch.Path[(sketch.Path.LastIndexOf('/') + 1)..] : "");

    private static string NamespaceOf(string path) => path.Split('/') is ["", "apis", _, _, "namespaces", var ns, ..] ? ns : "";

    // RFC 9562: 48 bits of milliseconds, then the version, then random bits.
    private Guid AuditId(DateTime time)
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        var milliseconds = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        for (var i = 0; i < 6; i++)
        {
            bytes[i] = (byte)(milliseconds >> (40 - 8 * i));
        }

        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private string Hex(int bytes)
    {
        Span<byte> raw = stackalloc byte[bytes];
        _random.NextBytes(raw);
        return Convert.ToHexStringLower(raw);
    }
}
