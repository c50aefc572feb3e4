using KubeLens.Contracts.Calls;

namespace KubeLens.Store.Tests;

/// <summary>Calls to store.</summary>
internal static class SampleCalls
{
    private static long _batch = 1_000;

    public static DateTimeOffset Now
    {
        get
        {
            var now = TimeProvider.System.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    public static long NextBatchId() => Interlocked.Increment(ref _batch) << 32;

    public static CallRecord One(string user = "alice", string name = "web-0") => new()
    {
        Gateway = "gw-1",
        Boot = "00000000000000aa",
        Sequence = 1,
        Time = Now.AddSeconds(-5),
        LatencyUs = 12_345,
        Cluster = "prod",
        User = user,
        Groups = ["system:masters", "system:authenticated"],
        UserSource = "certificate",
        Caller = "laptop",
        Verb = "get",
        ApiPrefix = "api",
        ApiVersion = "v1",
        Resource = "pods",
        Namespace = "default",
        Name = name,
        AuditId = Guid.CreateVersion7(),
        Method = "GET",
        Path = $"/api/v1/namespaces/default/pods/{name}",
        Query = "pretty=true",
        Status = 200,
        RequestBytes = 0,
        ResponseBytes = 17,
        UserAgent = "kubectl/v1.32.0 (linux/amd64)",
        SourceIp = "127.0.0.1",
        Client = new CallSide
        {
            Protocol = "2",
            TlsVersion = "1.3",
            Cipher = "TLS_AES_128_GCM_SHA256",
            Alpn = "h2",
            ServerName = "localhost",
            Address = "127.0.0.1",
            Port = 50_123,
            CertificateSubject = "CN=laptop",
            CertificateIssuer = "CN=kubelens",
            CertificateSha256 = new string('A', 64),
            Trust = CallTrust.Verified,
        },
        ClientRequest = 3,
        Upstream = new CallSide
        {
            Protocol = "2",
            TlsVersion = "1.3",
            Cipher = "TLS_AES_256_GCM_SHA384",
            Alpn = "h2",
            ServerName = "kube.example",
            Address = "10.0.0.7",
            Port = 6443,
            CertificateSubject = "CN=kube-apiserver",
            CertificateIssuer = "CN=kubernetes",
            CertificateSha256 = new string('B', 64),
            Trust = CallTrust.Verified,
        },
        UpstreamRequest = 1,
        Timings = new CallTimings(1_500, 2_500, 9_000, 8_000),
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = "b7ad6b7169203331",
        RequestHeaders = [new CallHeader("accept", ["application/json", "*/*"])],
        ResponseHeaders = [new CallHeader("content-type", ["application/json"])],
        ResponseBody = new CallBody("{\"kind\":\"Pod\"}"u8.ToArray(), CallBodyNote.Whole, 2),
    };

    /// <summary>A whole batch: names <c>web-0</c>, <c>web-1</c>, …</summary>
    public static List<CallRecord> Batch(int size, long? batchId = null, string gateway = "gw-1") =>
        [.. Enumerable.Range(0, size).Select(i => One(name: $"web-{i}") with { Gateway = gateway, Sequence = i + 1, Position = Position(i, size, batchId ?? 77L << 32) })];

    public static CallPosition Position(int ordinal, int size, long batchId) => new(batchId, ordinal, size, DateOnly.FromDateTime(Now.UtcDateTime));
}
