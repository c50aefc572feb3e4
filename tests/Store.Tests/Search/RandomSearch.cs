using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Tests.Search;

/// <summary>Random calls over few words, and random queries over the same words, so that they meet often.</summary>
internal sealed class RandomSearch(int seed)
{
    private static readonly string[] Words = ["", "alice", "Alice", "al%ce", "a_b", "back\\slash", "web-0", "web-1", "WEB-0", "wéb", "語-1", "two words", "quo\"te", "system:serviceaccount:prod:ci", "system:node:web-0", "system:admin", "*", "prod", "kube-system"];
    private static readonly string[] Verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy", "post", "connect", "GET", ""];
    private static readonly string[] Resources = ["", "pods", "secrets", "deployments", "nodes", "Pods"];
    private static readonly string[] Subresources = ["", "", "", "status", "exec", "attach", "log", "proxy", "scale"];
    private static readonly string[] Groups = ["", "", "apps", "batch", "networking.k8s.io"];
    private static readonly string[] Addresses = ["127.0.0.1", "10.1.2.3", "::1", ""];
    private static readonly string[] Reasons = ["", "", "NotFound", "AlreadyExists"];
    private static readonly string[] Agents = ["kubectl/v1.32.0 (linux/amd64)", "Go-http-client/2.0", "", "100%_\\"];
    private static readonly string[] Ciphers = ["", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"];
    private static readonly string[] Names = ["", "localhost", "Kube.Example", "10.1.2.3"];
    private static readonly int[] Statuses = [0, 200, 201, 401, 403, 404, 409, 500, 503];
    private static readonly long[] Amounts = [0, 1, 499_999, 500_000, 65_536, 3_000_000_000_000];
    private static readonly CallBodyNote[] Notes = [CallBodyNote.Whole, CallBodyNote.Whole, CallBodyNote.Truncated, CallBodyNote.NotCaptured];

    private static readonly string[] Ids = ["0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071", "0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6072"];
    private static readonly string[] Versions = ["", "7", "184467", "v1.A"];
    private static readonly string[] Warnings = ["", "v1beta1 Ingress is deprecated in v1.14+", "v1 Deprecated", "unknown field \"spec.foo\""];

    private static readonly string[] Paths = ["", "", "spec", "spec.word", "spec.replicas", "spec.isOn", "spec.none", "spec.items.word", "spec.\"no such\""];
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Random _random = new(seed);

    public List<CallRecord> Calls(int count, DateTimeOffset newest)
    {
        var batches = Enumerable.Range(0, 5).Select(_ => (long)_random.Next(1, int.MaxValue) << 32).ToList();
        return [.. Enumerable.Range(0, count).Select(i => new CallRecord
        {
            Position = new CallPosition(batches[i % batches.Count], i, count, DateOnly.FromDateTime(newest.UtcDateTime)),
            Gateway = $"gw-{i % batches.Count}",
            Boot = "00000000000000aa",
            Sequence = i + 1,

            // Many calls end in one microsecond: the order among them is by batch and ordinal.
            Time = newest.AddSeconds(-_random.Next(0, count / 4)),
            LatencyUs = Pick(Amounts),
            Cluster = Pick(Words),
            User = Pick(Words),
            Groups = [.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => Pick(Words)).Where(g => g.Length > 0)],
            ImpersonatedUser = Pick(Words),
            Caller = Pick(Words),
            Pod = Pick(Words),
            Node = Pick(Names),
            Verb = Pick(Verbs),
            ApiGroup = Pick(Groups),
            ApiVersion = Pick(["v1", "v1beta1", ""]),
            Resource = Pick(Resources),
            Subresource = Pick(Subresources),
            Namespace = Pick(Words),
            Name = Pick(Words),
            LabelSelector = Rarely(Words),
            FieldSelector = Rarely(Words),
            Object = new CallObject { Uid = Rarely(Ids), ResourceVersion = Rarely(Versions) },
            Options = new CallOptions { FieldManager = Rarely(Words), DryRun = _random.Next(4) == 0 },
            Advice = new CallAdvice { Warnings = [.. Enumerable.Range(0, _random.Next(0, 3)).Select(_ => Pick(Warnings)).Where(w => w.Length > 0)] },
            Program = new CallProgram { Command = Rarely(Words), Session = Rarely(Ids) },
            AuditId = _random.Next(5) == 0 ? Guid.Empty : Guid.CreateVersion7(),
            Reason = Pick(Reasons),
            Method = Pick(["GET", "POST", "DELETE", ""]),
            Path = "/api/v1/" + Pick(Words),
            Query = Pick(["", "watch=true"]),
            Status = Pick(Statuses),
            RequestBytes = Pick(Amounts),
            ResponseBytes = Pick(Amounts),
            UserAgent = Pick(Agents),
            SourceIp = Pick(Addresses),
            TraceId = _random.Next(2) == 0 ? "" : $"{_random.Next(1, 5):x32}",
            SpanId = _random.Next(2) == 0 ? "" : $"{_random.NextInt64(1L << 62, long.MaxValue):x16}",
            Client = new CallSide { TlsVersion = Pick(["", "1.2", "1.3"]), Cipher = Pick(Ciphers), Alpn = Pick(["", "h2", "http/1.1"]), ServerName = Pick(Names) },
            Watch = Pick([CallWatch.None, new CallWatch { Encoding = "json", Errors = 1, ErrorCode = 410 }, new CallWatch { Encoding = "cbor", ErrorCode = 500 }]),
            Upstream = new CallSide { Address = Pick(["", "10.1.2.3", "127.0.0.1"]), Port = 6443, Trust = Pick(Enum.GetValues<CallTrust>()) },
            Timings = CallTimings.None with { UpstreamUs = _random.Next(3) == 0 ? null : Pick(Amounts) },
            RequestBody = Body(),
            ResponseBody = Body(),
        })];
    }

    /// <summary>A query that the parser accepts.</summary>
    public (string Text, QueryNode Root) Query(IReadOnlyList<CallRecord> calls)
    {
        while (true)
        {
            var text = QueryPrinter.Print(Tree(_random.Next(1, 7), calls));
            if (QueryParser.Parse(text) is { Root: { } root })
            {
                return (text, root);
            }
        }
    }

    public int Next(int below) => _random.Next(below);

    public int Limit() => _random.Next(5) == 0 ? 1000 : _random.Next(20, 80);

    private QueryNode Tree(int size, IReadOnlyList<CallRecord> calls)
    {
        if (size <= 1)
        {
            return Leaf(calls);
        }

        var items = Enumerable.Range(0, 2).Select(_ => Tree(size / 2, calls));
        return _random.Next(4) switch
        {
            0 => new NotNode(Tree(size - 1, calls)),
            1 => QueryNodes.Any(items),
            _ => QueryNodes.All(items),
        };
    }

    private CallBody Body() => Pick(Notes) is var note && _random.Next(6) == 0 ? CallBody.None with { Note = note } : new CallBody(Encoding.UTF8.GetBytes(_random.Next(5) switch
    {
        0 => $"{Object()}\n{Object()}\n{{\"cut",
        1 => "plain " + Pick(Words),
        2 => $"[{Object()},{Object()}]",
        _ => Object(),
    }), note, 0);

    // {"spec":{"replicas":3,"word":"web-0","items":[{"word":"two words"}]}}
    private string Object() => JsonSerializer.Serialize(new { spec = new { replicas = Pick(Amounts), word = Pick(Words), none = (string?)null, isOn = _random.Next(2) == 0, items = Enumerable.Range(0, _random.Next(3)).Select(_ => new { word = Pick(Words) }) } }, Plain);

    private QueryNode Leaf(IReadOnlyList<CallRecord> calls)
    {
        if (_random.Next(8) == 0)
        {
            return new TextNode(Value(Pick(Words), wild: true));
        }

        var field = _random.Next(6) == 0 ? QueryFields.Find("body")! : Pick([.. QueryFields.All]);
        var op = Pick([.. field.Operators]);
        var count = op switch { QueryOperator.Present => 0, QueryOperator.Range => 2, QueryOperator.Any => _random.Next(1, 4), _ => 1 };
        return new FieldNode(field.Name, field.TakesPath ? Pick(Paths) : "", op, [.. Enumerable.Range(0, count).Select(_ => Value(field, op, Pick(calls)))]);
    }

    private QueryValue Value(QueryField field, QueryOperator op, CallRecord call) => field.Kind switch
    {
        QueryKind.Choice or QueryKind.Flag => new QueryValue(Pick(field.Choices), false),
        QueryKind.Status => new QueryValue(op == QueryOperator.Any ? Pick(["none", "2xx", "4xx", "404", "403"]) : Pick(["200", "2xx", "404", "5xx"]), false),
        QueryKind.Duration => new QueryValue(Pick(["0us", "1us", "500ms", "499.999ms", "1h", "40d"]), false),
        QueryKind.Size => new QueryValue(Pick(["0B", "1B", "64KiB", "500000B", "2TB", "3GB"]), false),
        QueryKind.Uuid => new QueryValue(field.Name == "audit" ? call.AuditId.ToString() : Pick(Ids), false),
        QueryKind.CallId => new QueryValue(CallId.Of(call.Time, call.Position!.BatchId, call.Position.Ordinal).ToString(), false),
        QueryKind.TraceId => new QueryValue(call.TraceId, false),
        QueryKind.SpanId => new QueryValue(call.SpanId, false),
        // "=*" is left out: no resource has a star in its name.
        QueryKind.Resource => op == QueryOperator.Any
            ? new QueryValue(Pick(["pods", "pods/*", "pods/exec", "*/scale", "deployments.apps", "pods.core", "po*", "*.apps", "secrets", "nodes/proxy", "~"]), _random.Next(4) == 0)
            : new QueryValue(Pick(["pods", "pods/exec", "deployments.apps", "pods.core", "ecret"]), _random.Next(2) == 0),
        _ => Value(
            field.Name switch
            {
                "verb" => Pick(Verbs),
                "group" => Pick([.. Groups, "core"]),
                "version" => Pick(["v1", "v1beta1"]),
                "sub" => Pick(Subresources),
                "ip" => Pick(Addresses),
                "tls" => Pick(["1.2", "1.3"]),
                "cipher" => Pick(Ciphers),
                "alpn" => Pick(["h2", "http/1.1"]),
                "sni" or "node" => Pick(Names),
                "peer" => Pick(["10.1.2.3:6443", "127.0.0.1:6443", "127.0.0.1"]),
                "method" => Pick(["GET", "POST"]),
                "reason" => Pick(Reasons),
                "ua" => Pick(Agents),
                "path" => "/api/v1/" + Pick(Words),
                "client" => Pick(["kubectl", "Go-http-client", "100%_\\", "web-0"]),
                "sa" => Pick(["prod/ci", "prod/*", "*"]),
                "rv" => Pick(Versions),
                "warning" => Pick(Warnings),
                "body" => Pick([.. Words, "0", "65536", "true", "false", "spec", "word\":\"web-0"]),
                "gateway" => $"gw-{_random.Next(6)}",
                _ => Pick(Words),
            },
            wild: op == QueryOperator.Any),
    };

    // Sometimes a part of the word, with wildcards where the rest was.
    private QueryValue Value(string word, bool wild)
    {
        var quoted = _random.Next(3) == 0;
        if (word.Length > 3 && _random.Next(2) == 0)
        {
            var at = _random.Next(1, word.Length - 1);
            word = wild && !quoted ? _random.Next(3) switch { 0 => word[..at] + "*", 1 => $"{word[..at]}?{word[(at + 1)..]}", _ => $"*{word[1..]}" } : word[..at];
        }

        return new QueryValue(word, quoted || !wild);
    }

    private string Rarely(IReadOnlyList<string> from) => _random.Next(3) == 0 ? Pick(from) : "";

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
