using System.Net;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Ingest;

public sealed class LogsApiTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OneCall_IsFoundWithEveryField()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One() with { ImpersonatedUser = "bob", Reason = "AlreadyExists", ClientAuditId = "mine", LabelSelector = "a=b", FieldSelector = "c=d", Pod = "ci-0", Node = "worker-1", Outcome = CallOutcome.ClientLeft };

        (await store.DeliverAsync([call], Cancel)).PartialSuccess.ShouldBeNull();

        var item = (await store.SearchAsync($"audit:{call.AuditId}", Cancel)).ShouldHaveSingleItem();
        var details = await store.GetAsync(item.Id, Cancel);
        details.ShouldSatisfyAllConditions(
            () => details.Id.ShouldBe(item.Id),
            () => details.Time.ShouldBe(call.Time),
            () => details.StartedAt.ShouldBe(call.Time.AddMicroseconds(-call.LatencyUs)),
            () => details.LatencyMs.ShouldBe(12.345),
            () => details.Cluster.ShouldBe("prod"),
            () => details.User.ShouldBe("alice"),
            () => details.Groups.ShouldBe(["system:masters", "system:authenticated"]),
            () => details.Caller.ShouldBe("laptop"),
            () => details.Verb.ShouldBe("get"),
            () => details.ApiGroup.ShouldBe(""),
            () => details.ApiVersion.ShouldBe("v1"),
            () => details.Resource.ShouldBe("pods"),
            () => details.Namespace.ShouldBe("default"),
            () => details.Name.ShouldBe("web-0"),
            () => details.AuditId.ShouldBe(call.AuditId.ToString()),
            () => details.Path.ShouldBe("/api/v1/namespaces/default/pods/web-0?pretty=true"),
            () => details.Status.ShouldBe(200),
            () => details.ResponseBytes.ShouldBe(17),
            () => details.UserAgent.ShouldBe(call.UserAgent),
            () => details.SourceIp.ShouldBe("127.0.0.1"),
            () => details.TraceId.ShouldBe(call.TraceId),
            () => details.SpanId.ShouldBe(call.SpanId),
            () => details.Outcome.ShouldBe("clientLeft"),
            () => details.Reason.ShouldBe("AlreadyExists"),
            () => details.UserSource.ShouldBe("certificate"),
            () => details.ImpersonatedUser.ShouldBe("bob"),
            () => details.Pod.ShouldBe("ci-0"),
            () => details.Node.ShouldBe("worker-1"),
            () => details.ClientAuditId.ShouldBe("mine"),
            () => details.LabelSelector.ShouldBe("a=b"),
            () => details.FieldSelector.ShouldBe("c=d"),
            () => details.Gateway.ShouldBe("gw-1"),
            () => details.Connection.Client.ShouldBe(new SideItem
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
                Trust = "verified",
                Request = 3,
            }),
            () => details.Connection.Upstream.ShouldBe(new SideItem
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
                Trust = "verified",
                Request = 1,
            }),
            () => details.Timings.ShouldBe(new TimingsItem(1.5, 2.5, 9, 8)),
            () => details.RequestHeaders.ShouldHaveSingleItem().Values.ShouldBe(["application/json", "*/*"]),
            () => details.RequestBody.ShouldBeNull(),
            () => details.ResponseBody!.ContentType.ShouldBe("application/json"),
            () => details.ResponseBody!.Text.ShouldBe("{\"kind\":\"Pod\"}"),
            () => details.ResponseBody!.KeptBytes.ShouldBe(14),
            () => details.ResponseBody!.Bytes.ShouldBe(17),
            () => details.ResponseBody!.Note.ShouldBe("whole"),
            () => details.ResponseBody!.RedactedValues.ShouldBe(2));
    }

    [Fact]
    public async Task Post_CallWithoutUpstream_HasNoneAndNoTimings()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One() with { Client = CallSide.None, ClientRequest = 0, Upstream = CallSide.None, UpstreamRequest = 0, Timings = CallTimings.None }], Cancel);

        var details = await store.GetAsync((await store.SearchAsync("-upstream:* -peer:* -tls:*", Cancel)).ShouldHaveSingleItem().Id, Cancel);

        details.Connection.Upstream.ShouldBeNull();
        details.Connection.Client.Trust.ShouldBe("unknown");
        details.Connection.Client.Port.ShouldBeNull();
        details.Connection.Client.Request.ShouldBeNull();
        details.Timings.ShouldBe(new TimingsItem(null, null, null, null));
    }

    [Fact]
    public async Task Post_Gzip_IsStored()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var content = Otlp.Content(Otlp.Gzip(Otlp.Request(Otlp.Record(SampleCalls.One())).ToByteArray()));
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await store.Service.PostAsync("/v1/logs", content, Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-protobuf");
        (await store.SearchAsync("user:alice", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Post_BadBodies_AreRefusedSayingWhatAndWhere()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Ingest:MaxBodyBytes=65536");
        var whole = Otlp.Request(Otlp.Record(SampleCalls.One())).ToByteArray();

        var truncated = await RefusedAsync(store, Otlp.Content(whole[..^20]), HttpStatusCode.BadRequest);
        truncated.Code.ShouldBe(3);
        truncated.Message.ShouldContain($"({whole.Length - 20} bytes): resource_logs[0].scope_logs[0].log_records[0]");
        truncated.Message.ShouldContain(" at byte ");
        (await RefusedAsync(store, Otlp.Content("not protobuf at all"u8.ToArray()), HttpStatusCode.BadRequest)).Message.ShouldContain("ExportLogsServiceRequest");
        (await RefusedAsync(store, Otlp.Content(whole, "text/plain"), HttpStatusCode.UnsupportedMediaType)).Message.ShouldContain("application/x-protobuf");
        (await RefusedAsync(store, Gzipped(Otlp.Gzip(whole)[..^12]), HttpStatusCode.BadRequest)).Message.ShouldContain("gzip");
        (await RefusedAsync(store, Gzipped(whole), HttpStatusCode.BadRequest)).Message.ShouldContain("gzip");
        (await RefusedAsync(store, Gzipped(Otlp.Gzip(new byte[1_000_000])), HttpStatusCode.RequestEntityTooLarge)).Message.ShouldContain("Ingest:MaxBodyBytes");
        (await RefusedAsync(store, Otlp.Content(new byte[100_000]), HttpStatusCode.RequestEntityTooLarge)).Message.ShouldContain("65536");
        var brotli = Otlp.Content(whole);
        brotli.Headers.ContentEncoding.Add("br");
        (await RefusedAsync(store, brotli, HttpStatusCode.UnsupportedMediaType)).Message.ShouldContain("Content-Encoding");
        (await store.ScalarAsync<long>("select count(*) from call", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Post_SomeRecordsAreNoCalls_StoresTheOthersAndCountsThose()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var stranger = new LogRecord { EventName = "something.else", TimeUnixNano = 1 };
        var bad = Otlp.Record(SampleCalls.One());
        bad.Attributes.Add(new KeyValue { Key = CallAttributes.Status, Value = new AnyValue { StringValue = "two hundred" } });
        var timeless = Otlp.Record(SampleCalls.One());
        timeless.TimeUnixNano = 0;

        using var response = await store.Service.PostAsync("/v1/logs", Otlp.Content(Otlp.Request(Otlp.Record(SampleCalls.One()), bad, stranger, timeless).ToByteArray()), Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var partial = ExportLogsServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Cancel)).PartialSuccess;
        partial.RejectedLogRecords.ShouldBe(3);
        partial.ErrorMessage.ShouldBe("resource_logs[0].scope_logs[0].log_records[1].http.response.status_code: expected a whole number from 0 to 999");
        (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Post_EmptyRequest_IsAccepted()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        (await store.DeliverAsync([], Cancel)).PartialSuccess.ShouldBeNull();

        (await store.ScalarAsync<long>("select count(*) from ingest_batch", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Post_HostileTexts_AreStoredAndFoundWhole()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var longName = string.Concat(Enumerable.Repeat("ñ0123456789", 900));
        var call = SampleCalls.One() with
        {
            Name = longName,
            User = "nul\0user",
            UserAgent = new string('x', 50_000),
            Path = "/" + new string('p', 40_000),
            Groups = [.. Enumerable.Range(0, 1_500).Select(i => $"group-{i}")],
            LatencyUs = long.MaxValue,
            RequestBytes = long.MaxValue,
            ResponseBytes = long.MaxValue,
            TraceId = "0000",
            SpanId = "0000000000000000",
        };

        (await store.DeliverAsync([call], Cancel)).PartialSuccess.ShouldBeNull();

        var item = (await store.SearchAsync("user:nul*user groups:group-7 latency:>1000d", Cancel)).ShouldHaveSingleItem();
        item.User.ShouldBe("nul\uFFFDuser");
        (item.TraceId, item.SpanId).ShouldBe((null, null));
        longName.ShouldStartWith(item.Name);
        var details = await store.GetAsync(item.Id, Cancel);
        details.Name.ShouldBe(longName);
        details.User.ShouldBe("nul\uFFFDuser");
        details.UserAgent.ShouldBe(call.UserAgent);
        details.Path.ShouldStartWith(call.Path);
        details.StartedAt.ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Post_BodiesOfEveryKind_ComeBackAsTheyWere()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var random = new Random(7);
        var large = new byte[256 * 1024];
        random.NextBytes(large);
        byte[][] bodies = ["a\0b\0\0c"u8.ToArray(), [0xff, 0xfe, (byte)'x', 0x80], large];
        var batch = bodies.Select((body, i) => SampleCalls.One(name: $"body-{i}") with
        {
            RequestBody = new CallBody(body, CallBodyNote.Truncated, i),
            ResponseBody = new CallBody(ReadOnlyMemory<byte>.Empty, CallBodyNote.NotCaptured, 0),
            Position = SampleCalls.Position(i, bodies.Length, SampleCalls.NextBatchId()),
        });

        await store.DeliverAsync(batch, Cancel);

        foreach (var item in await store.SearchAsync("is:truncated", Cancel))
        {
            var details = await store.GetAsync(item.Id, Cancel);
            var body = bodies[int.Parse(item.Name["body-".Length..], null)];
            details.RequestBody!.Text.ShouldBe(System.Text.Encoding.UTF8.GetString(body));
            details.RequestBody.KeptBytes.ShouldBe(body.Length);
            details.RequestBody.Note.ShouldBe("truncated");
            details.ResponseBody!.Note.ShouldBe("notCaptured");
            details.ResponseBody.Text.ShouldBe("");
        }

        (await store.SearchAsync("is:truncated", Cancel)).Count.ShouldBe(bodies.Length);
    }

    [Fact]
    public async Task Post_MoreThanThereIsRoomFor_IsToldToComeAgain()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Ingest:MaxConcurrent=1", "--Ingest:MaxWaiting=0", "--Ingest:BusyRetrySeconds=7");
        await store.DeliverAsync([SampleCalls.One()], Cancel);
        await using var blocker = await store.LockAsync("ingest_batch", "exclusive", Cancel);
        var first = store.DeliverAsync([SampleCalls.One()], Cancel);
        await Eventually.Async(async () => await store.ScalarAsync<long>("select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())", Cancel) > 0, Cancel, what: "the first delivery waits for the ledger");
        using var second = await store.Service.PostAsync("/v1/logs", Otlp.Content("rubbish"u8.ToArray()), Cancel);
        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        second.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        await blocker.DisposeAsync();
        await first;
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(2);
    }

    private static HttpContent Gzipped(byte[] body)
    {
        var content = Otlp.Content(body);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static async Task<Status> RefusedAsync(TestStore store, HttpContent content, HttpStatusCode expected)
    {
        using var response = await store.Service.PostAsync("/v1/logs", content, Cancel);
        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-protobuf");
        content.Dispose();
        return Status.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Cancel));
    }
}
