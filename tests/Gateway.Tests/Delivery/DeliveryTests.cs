using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Delivery;

public sealed class DeliveryTests : IDisposable
{
    private readonly TempFolder _folder = new("delivery");
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deliver_OneCall_ArrivesWholeInOneRequest()
    {
        await using var sink = await StoreSink.StartAsync();
        await using var gateway = await StartAsync(sink);

        gateway.Call(1, "the request", "the response").ShouldBeTrue();

        await Eventually.Async(() => sink.Calls.Count == 1, _cancel);
        var call = sink.Calls.Single();
        (call.Boot, call.Sequence, call.Verb).ShouldBe((gateway.Spool.Boot, 1, "get"));
        Encoding.UTF8.GetString(call.RequestBody.Content.Span).ShouldBe("the request");
        Encoding.UTF8.GetString(call.ResponseBody.Content.Span).ShouldBe("the response");
        call.Position.ShouldNotBeNull().BatchSize.ShouldBe(1);
        call.Position.BatchId.ShouldBeGreaterThan(1L << 32);
        call.Position.BatchDay.ShouldBe(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        var request = sink.Requests.Single();
        (request.ContentType, request.ContentEncoding, request.Authorization).ShouldBe(("application/x-protobuf", "gzip", ""));
        request.Parsed().ResourceLogs.Single().Resource.Attributes.ToDictionary(a => a.Key, a => a.Value.StringValue)
            .ShouldBe(new Dictionary<string, string> { ["service.name"] = "kubelens-gateway", ["service.instance.id"] = gateway.Spool.Boot }, ignoreOrder: true);
        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0 && gateway.Status.Oldest is null, _cancel);
    }

    [Fact]
    public async Task Deliver_ManyCalls_ArriveOnceInOrderAndFreeTheSpool()
    {
        await using var sink = await StoreSink.StartAsync();
        // A segment and its two spares hold it all: however slow the disk, nothing needs to be dropped.
        await using var gateway = await StartAsync(sink, ("Spool:SegmentBytes", "4194304"));
        const int Calls = 12_000;
        for (var i = 1; i <= Calls; i++)
        {
            gateway.Call(i, new string('q', i % 300), new string('s', i % 700)).ShouldBeTrue();
        }

        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0, _cancel);

        sink.Calls.Count.ShouldBe(Calls);
        sink.Conflicts.ShouldBeEmpty();
        sink.Ledger.OrderBy(p => p.Key.Batch).ThenBy(p => p.Key.Ordinal).Select(p => p.Value.Sequence).ShouldBe(Enumerable.Range(1, Calls).Select(i => (long)i));
        sink.Calls.ShouldAllBe(c => c.RequestBody.Content.Length == c.Sequence % 300 && c.ResponseBody.Content.Length == c.Sequence % 700);
        sink.Requests.Count.ShouldBeLessThan(Calls / 10);
        await Eventually.Async(() => gateway.Status.Segments == 1, _cancel);
    }

    [Fact]
    public async Task Deliver_RecordsBeyondTheBatchBytes_AreSplit()
    {
        await using var sink = await StoreSink.StartAsync();
        await using var gateway = await StartAsync(sink, ("Delivery:BatchBytes", "100000"), ("Delivery:BatchWait", "00:00:20"));
        for (var i = 1; i <= 40; i++)
        {
            gateway.Call(i, "", new string('x', 30_000)).ShouldBeTrue();
        }

        await Eventually.Async(() => sink.Calls.Count == 40, _cancel);

        sink.Calls.ShouldAllBe(c => c.Position!.BatchSize == 4);
    }

    [Fact]
    public async Task Deliver_BodiesNeverCome_GoesWithANote()
    {
        await using var sink = await StoreSink.StartAsync();
        await using var gateway = await StartAsync(sink, ("Delivery:BodyWait", "00:00:00.300"));

        gateway.Spool.AppendCall(1, TestGateway.Record(gateway.Spool.Boot, 1), bodiesFollow: true);
        gateway.Call(2, "a", "b");
        gateway.Spool.AppendCall(3, TestGateway.Record(gateway.Spool.Boot, 3), bodiesFollow: false);

        await Eventually.Async(() => sink.Calls.Count == 3, _cancel);
        var notes = sink.Calls.OrderBy(c => c.Sequence).Select(c => (c.RequestBody.Note, c.ResponseBody.Note)).ToList();
        notes.ShouldBe([(CallBodyNote.Dropped, CallBodyNote.Dropped), (CallBodyNote.Whole, CallBodyNote.Whole), (CallBodyNote.Whole, CallBodyNote.Whole)]);

        using var counts = new Counts(gateway.Services, "KubeLens.Gateway.Delivery");
        gateway.Spool.AppendBodies(1, TestGateway.Bodies("too", "late"));
        await Eventually.Async(() => counts["kubelens.delivery.bodies.late"] == 1, _cancel);
        gateway.Status.UndeliveredCalls.ShouldBe(0);
    }

    [Fact]
    public async Task Deliver_BodiesComeInTime_AreWaitedFor()
    {
        await using var sink = await StoreSink.StartAsync();
        await using var gateway = await StartAsync(sink, ("Delivery:BodyWait", "00:00:30"));
        gateway.Spool.AppendCall(1, TestGateway.Record(gateway.Spool.Boot, 1), bodiesFollow: true);
        await Task.Delay(600, _cancel);
        sink.Requests.ShouldBeEmpty();

        gateway.Spool.AppendBodies(1, TestGateway.Bodies("a", "b"));

        await Eventually.Async(() => sink.Calls.Count == 1, _cancel);
        sink.Calls.Single().ResponseBody.Content.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(408)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Deliver_PassingFailure_SameBatchIsSentAgain(int status)
    {
        await using var sink = await StoreSink.StartAsync();
        sink.Before = (_, number) => Task.FromResult(number <= 2 ? Results.Text("not now", statusCode: status) : null);
        await using var gateway = await StartAsync(sink);

        gateway.Call(1);

        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0, _cancel);
        sink.Requests.Count.ShouldBe(3);
        sink.Requests.ShouldAllBe(r => r.Body.SequenceEqual(sink.Requests[0].Body));
        gateway.Log.All.Where(line => line.Id == 1301).ShouldHaveSingleItem().Text.ShouldContain($"{status}, calls wait in the spool: not now");
        gateway.Log.Count(1302).ShouldBe(1);
    }

    [Fact]
    public async Task Deliver_AskedToWait_Waits()
    {
        await using var sink = await StoreSink.StartAsync();
        var (first, second) = (0L, 0L);
        sink.Before = (context, number) =>
        {
            if (number == 1)
            {
                first = TimeProvider.System.GetTimestamp();
                context.Response.Headers.RetryAfter = "2";
                return Task.FromResult<IResult?>(Results.StatusCode(429));
            }

            second = TimeProvider.System.GetTimestamp();
            return Task.FromResult<IResult?>(null);
        };
        await using var gateway = await StartAsync(sink);

        gateway.Call(1);

        await Eventually.Async(() => sink.Calls.Count == 1, _cancel);
        TimeProvider.System.GetElapsedTime(first, second).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1.95));
    }

    [Fact]
    public async Task Deliver_NoAnswer_IsTriedAgain()
    {
        await using var sink = await StoreSink.StartAsync();
        sink.After = async (context, number) =>
        {
            if (number == 1)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return null;
        };
        await using var gateway = await StartAsync(sink, ("Delivery:SendTimeout", "00:00:00.500"));

        gateway.Call(1);

        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0, _cancel);
        sink.Requests.Count.ShouldBe(2);
        sink.Calls.Count.ShouldBe(1);
        gateway.Log.All.Where(line => line.Id == 1300).ShouldHaveSingleItem().Text.ShouldContain("no answer within 0.5 s");
    }

    [Fact]
    public async Task Deliver_ConnectionBreaksAfterStoring_IsSentAgainUnderTheSamePlace()
    {
        await using var sink = await StoreSink.StartAsync();
        sink.After = (context, number) =>
        {
            if (number == 1)
            {
                context.Abort();
            }

            return Task.FromResult<IResult?>(null);
        };
        await using var gateway = await StartAsync(sink);

        gateway.Call(1);

        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0, _cancel);
        sink.Requests.Count.ShouldBe(2);
        sink.Calls.Count.ShouldBe(1);
        sink.Conflicts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliver_PartialSuccess_IsCountedAndLoggedWithTheReason()
    {
        await using var sink = await StoreSink.StartAsync();
        sink.After = (_, _) => Task.FromResult<IResult?>(StoreSink.Protobuf(new ExportLogsServiceResponse { PartialSuccess = new ExportLogsPartialSuccess { RejectedLogRecords = 1, ErrorMessage = "k8s.api.audit_id: expected a UUID" } }));
        await using var gateway = await StartAsync(sink);
        using var counts = new Counts(gateway.Services, "KubeLens.Gateway.Delivery");

        gateway.Call(1);

        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0, _cancel);
        gateway.Log.All.Where(line => line.Id == 1303).ShouldHaveSingleItem().Text.ShouldContain("rejected 1 of 1 calls");
        gateway.Log.All.Single(line => line.Id == 1303).Text.ShouldContain("expected a UUID");
        counts["kubelens.delivery.rejected"].ShouldBe(1);
        sink.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Deliver_RefusedForGood_IsSetAsideAndTheQueueGoesOn()
    {
        await using var sink = await StoreSink.StartAsync();
        sink.Before = (_, number) => Task.FromResult(number == 1 ? StoreSink.Protobuf(new Status { Code = 3, Message = "a truncated message" }, 400) : null);
        await using var gateway = await StartAsync(sink);
        using var counts = new Counts(gateway.Services, "KubeLens.Gateway.Delivery");

        gateway.Call(1);
        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0, _cancel);
        gateway.Call(2);
        await Eventually.Async(() => sink.Calls.Count == 1, _cancel);

        sink.Calls.Single().Sequence.ShouldBe(2);
        var folder = Path.Combine(_folder["spool"], "dead-letter");
        var body = Directory.GetFiles(folder, "*.otlp.gz").ShouldHaveSingleItem();
        (await File.ReadAllBytesAsync(body, _cancel)).ShouldBe(sink.Requests[0].Body);
        var why = await File.ReadAllTextAsync(Directory.GetFiles(folder, "*.txt").ShouldHaveSingleItem(), _cancel);
        why.ShouldContain("400 BadRequest");
        why.ShouldContain("a truncated message");
        why.ShouldContain("1 calls");
        gateway.Log.All.Where(line => line.Id == 1305).ShouldHaveSingleItem().Text.ShouldContain("a truncated message");
        counts["kubelens.delivery.dead_letters"].ShouldBe(1);
    }

    [Fact]
    public async Task Deliver_DeadLettersBeyondTheirLimit_OldestGo()
    {
        await using var sink = await StoreSink.StartAsync();
        sink.Before = (_, _) => Task.FromResult<IResult?>(Results.StatusCode(400));
        await using var gateway = await StartAsync(sink, ("Delivery:DeadLetterBytes", "2000"), ("Delivery:BatchCalls", "1"));

        for (var i = 1; i <= 12; i++)
        {
            gateway.Call(i);
        }

        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0, _cancel);
        var files = new DirectoryInfo(Path.Combine(_folder["spool"], "dead-letter")).GetFiles("*.otlp.gz");
        files.Sum(f => f.Length).ShouldBeLessThanOrEqualTo(2000);
        files.Length.ShouldBeGreaterThan(0);
        await Eventually.Async(() => gateway.Log.Count(1307) == 12 - new DirectoryInfo(Path.Combine(_folder["spool"], "dead-letter")).GetFiles("*.otlp.gz").Length, _cancel);
    }

    [Fact]
    public async Task Deliver_StoreAwayAndBack_NothingIsLost()
    {
        var port = Ports.Free();
        await using var gateway = await TestGateway.StartAsync(_folder["spool"], $"http://127.0.0.1:{port}");
        for (var i = 1; i <= 5000; i++)
        {
            gateway.Call(i).ShouldBeTrue();
        }

        await Eventually.Async(() => gateway.Log.Count(1300) == 1, _cancel);
        gateway.Status.UndeliveredCalls.ShouldBe(5000);
        gateway.Status.Oldest.ShouldNotBeNull();

        await using var sink = await StoreSink.StartAsync(port);

        await Eventually.Async(() => gateway.Status.UndeliveredCalls == 0, _cancel);
        sink.Calls.Select(c => c.Sequence).Order().ShouldBe(Enumerable.Range(1, 5000).Select(i => (long)i));
        sink.Conflicts.ShouldBeEmpty();
        gateway.Log.Count(1302).ShouldBe(1);
    }

    [Fact]
    public async Task Deliver_TokenFile_IsReadAgainWhenItChanges()
    {
        await File.WriteAllTextAsync(_folder["token"], "first\n", _cancel);
        await using var sink = await StoreSink.StartAsync();
        await using var gateway = await StartAsync(sink, ("Store:TokenFile", _folder["token"]));

        gateway.Call(1);
        await Eventually.Async(() => sink.Calls.Count == 1, _cancel);
        await File.WriteAllTextAsync(_folder["token"], "second", _cancel);
        gateway.Call(2);
        await Eventually.Async(() => sink.Calls.Count == 2, _cancel);
        File.Delete(_folder["token"]);
        gateway.Call(3);
        await Eventually.Async(() => gateway.Log.All.Any(line => line.Id == 1300 && line.Text.Contains("Store:TokenFile", StringComparison.Ordinal)), _cancel);
        await File.WriteAllTextAsync(_folder["token"], "third", _cancel);
        await Eventually.Async(() => sink.Calls.Count == 3, _cancel);

        sink.Requests.Select(r => r.Authorization).ShouldBe(["Bearer first", "Bearer second", "Bearer third"]);
    }

    [Fact]
    public async Task Stop_StoreAnswers_DeliversWhatIsLeft()
    {
        await using var sink = await StoreSink.StartAsync();
        var gateway = await StartAsync(sink, ("Delivery:BatchWait", "00:00:30"));
        gateway.Call(1);
        await Task.Delay(100, _cancel);
        sink.Calls.ShouldBeEmpty();

        await gateway.DisposeAsync();

        sink.Calls.Count.ShouldBe(1);
        gateway.Log.Count(1309).ShouldBe(1);
    }

    [Fact]
    public async Task Stop_StoreAway_LeavesTheRestAndSaysHowMany()
    {
        var gateway = await TestGateway.StartAsync(_folder["spool"], $"http://127.0.0.1:{Ports.Free()}", ("Delivery:ShutdownBudget", "00:00:00.300"));
        for (var i = 1; i <= 7; i++)
        {
            gateway.Call(i);
        }

        var boot = gateway.Spool.Boot;
        await gateway.DisposeAsync();
        gateway.Log.All.Where(line => line.Id == 1310).ShouldHaveSingleItem().Text.ShouldContain("7 calls");

        await using var sink = await StoreSink.StartAsync();
        await using var next = await StartAsync(sink);
        await Eventually.Async(() => next.Status.UndeliveredCalls == 0, _cancel);
        sink.Calls.Select(c => (c.Boot, c.Sequence)).Order().ShouldBe(Enumerable.Range(1, 7).Select(i => (boot, (long)i)));
    }

    private Task<TestGateway> StartAsync(StoreSink sink, params (string Key, string Value)[] configuration) => TestGateway.StartAsync(_folder["spool"], sink.Address, configuration);
}
