using System.Buffers;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Contracts.Tests.Otlp;

public class CallLogTests
{
    private static readonly CallRecord Small = new() { Time = DateTimeOffset.UnixEpoch.AddDays(20_000), User = "alice", Verb = "get" };

    [Property(MaxTest = 500)]
    public Property Call_written_in_pieces_reads_back() => Prop.ForAll(Arb.From(CallRecords.All()), call =>
    {
        var output = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteCall(call, output);
        CallLogWriter.WriteBodies(call.RequestBody, call.ResponseBody, output);
        if (call.Position is { } position)
        {
            CallLogWriter.WritePosition(position, output);
        }

        ShouldBeSame(Read(output), call);
    });

    [Property(MaxTest = 200)]
    public Property Pieces_read_back_in_any_order() => Prop.ForAll(Arb.From(CallRecords.All()), Arb.From(CallRecords.Positions()), (call, position) =>
    {
        var output = new ArrayBufferWriter<byte>();
        CallLogWriter.WritePosition(position, output);
        CallLogWriter.WriteBodies(call.RequestBody, call.ResponseBody, output);
        CallLogWriter.WriteCall(call, output);

        ShouldBeSame(Read(output), call with { Position = position });
    });

    [Fact]
    public void Later_text_replaces_the_earlier_one()
    {
        var output = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteCall(Small with { Name = "web-" }, output);
        CallLogWriter.WriteText(CallAttributes.Name, "web-x7k2p", output);
        CallLogWriter.WriteText(CallAttributes.Reason, "AlreadyExists", output);

        var call = Read(output);
        call.Name.ShouldBe("web-x7k2p");
        call.Reason.ShouldBe("AlreadyExists");
    }

    [Fact]
    public void Repeated_header_holds_its_last_values()
    {
        var output = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteCall(Small with { RequestHeaders = [new("accept", ["a"]), new("x-b", ["b"])] }, output);
        CallLogWriter.WriteCall(Small with { RequestHeaders = [new("accept", ["c", "d"])] }, output);

        var headers = Read(output).RequestHeaders;
        headers.Select(h => h.Name).ShouldBe(["accept", "x-b"]);
        headers[0].Values.ShouldBe(["c", "d"]);
    }

    [Fact]
    public void Character_that_no_database_keeps_is_replaced()
    {
        // GET /api/v1/namespaces/default/pods/a%00b names such an object.
        var call = Read(Written(Small with { Name = "a\0b", Groups = ["\0"], RequestHeaders = [new("x", ["\0"])] }));

        call.Name.ShouldBe("a\ufffdb");
        call.Groups.ShouldBe(["\ufffd"]);
        call.RequestHeaders[0].Values.ShouldBe(["\ufffd"]);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Read(Written(Small with { UserAgent = "a\ud800b" })).UserAgent.ShouldBe("a\ufffdb");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(17)]
    public void Trace_id_of_a_wrong_length_is_none(int length)
    {
        var log = Log(Small);
        log.TraceId = ByteString.CopyFrom(Enumerable.Repeat((byte)1, length).ToArray());
        log.SpanId = log.TraceId;

        Read(log).TraceId.ShouldBe("");
        Read(log).SpanId.ShouldBe("");
    }

    [Fact]
    public void Trace_id_of_zeros_is_none()
    {
        var log = Log(Small);
        log.TraceId = ByteString.CopyFrom(new byte[16]);
        log.SpanId = ByteString.CopyFrom(new byte[8]);

        Read(log).TraceId.ShouldBe("");
        Read(log).SpanId.ShouldBe("");
    }

    [Fact]
    public void Record_of_another_event_is_refused()
    {
        var log = Log(Small);
        log.EventName = "k8s.api.call";

        Error(log).ShouldBe("event_name: expected kubelens.call, found \"k8s.api.call\"");
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(999UL)]
    public void Record_without_time_is_refused(ulong nanoseconds)
    {
        var log = Log(Small);
        log.TimeUnixNano = nanoseconds;

        Error(log).ShouldStartWith("time_unix_nano: ");
    }

    public static TheoryData<string, long> NumbersOutOfRange => new()
    {
        { CallAttributes.Sequence, -1 },
        { CallAttributes.Duration, -1 },
        { CallAttributes.Outcome, -1 },
        { CallAttributes.Outcome, 1 << 20 },
        { CallAttributes.Status, 1000 },
        { CallAttributes.RequestBytes, -1 },
        { CallAttributes.ResponseBytes, long.MinValue },
        { CallAttributes.ClientPort, 65536 },
        { CallAttributes.UpstreamPort, -1 },
        { CallAttributes.UpstreamTrust, 1 << 20 },
        { CallAttributes.ClientRequest, -1 },
        { CallAttributes.ConnectDuration, -1 },
        { CallAttributes.UpstreamDuration, long.MinValue },
        { CallAttributes.RequestBodyNote, -1 },
        { CallAttributes.ResponseBodyRedacted, 1L << 40 },
        { CallAttributes.BatchId, 0 },
        { CallAttributes.BatchOrdinal, 10 },
        { CallAttributes.BatchOrdinal, -1 },
        { CallAttributes.BatchSize, 0 },
        { CallAttributes.BatchSize, CallPosition.MaxBatchSize + 1 },
        { CallAttributes.BatchDay, long.MaxValue },
    };

    [Theory]
    [MemberData(nameof(NumbersOutOfRange))]
    public void Number_out_of_range_is_refused_by_name(string attribute, long value) =>
        Error(Positioned(attribute, new AnyValue { IntValue = value })).ShouldStartWith($"{attribute}: expected a whole number from ");

    [Theory]
    [InlineData(CallAttributes.BatchOrdinal)]
    [InlineData(CallAttributes.BatchSize)]
    [InlineData(CallAttributes.BatchDay)]
    public void Position_with_a_part_missing_is_refused_by_name(string attribute)
    {
        var log = Positioned("x", new AnyValue());
        log.Attributes.Remove(log.Attributes.Single(a => a.Key == attribute));

        Error(log).ShouldStartWith($"{attribute}: expected a whole number from ");
    }

    [Theory]
    [InlineData(CallAttributes.User, "a string")]
    [InlineData(CallAttributes.Path, "a string")]
    [InlineData(CallAttributes.AuditId, "a string")]
    [InlineData(CallAttributes.UpstreamCertificateSubject, "a string")]
    [InlineData(CallAttributes.Groups, "an array of strings")]
    [InlineData(CallAttributes.RequestHeader + "accept", "an array of strings")]
    [InlineData(CallAttributes.RequestBody, "bytes")]
    public void Value_of_another_type_is_refused_by_name(string attribute, string expected) =>
        Error(Positioned(attribute, new AnyValue { DoubleValue = 1.5 })).ShouldBe($"{attribute}: expected {expected}");

    [Fact]
    public void Audit_id_that_is_no_uuid_is_refused() =>
        Error(Positioned(CallAttributes.AuditId, new AnyValue { StringValue = "abc" })).ShouldBe("k8s.api.audit_id: expected a UUID");

    [Fact]
    public void Unknown_attributes_are_ignored()
    {
        var log = Log(Small);
        log.Attributes.Add(new KeyValue { Key = "something.else", Value = new AnyValue { BoolValue = true } });

        Read(log).User.ShouldBe("alice");
    }

    [Theory]
    [InlineData(CallAttributes.User)]
    [InlineData(CallAttributes.Groups)]
    [InlineData(CallAttributes.Status)]
    [InlineData(CallAttributes.RequestBody)]
    [InlineData(CallAttributes.RequestHeader + "accept")]
    [InlineData(CallAttributes.BatchId)]
    public void Empty_value_is_none(string attribute)
    {
        var call = Small with { Groups = ["a"], Status = 200, RequestHeaders = [new("accept", ["b"])], Position = new CallPosition(1, 2, 10, new DateOnly(2026, 9, 8)) };
        var log = Log(call);
        log.Attributes.Add(new KeyValue { Key = attribute });

        var read = Read(log);
        var left = attribute switch
        {
            CallAttributes.User => read.User,
            CallAttributes.Groups => string.Concat(read.Groups),
            CallAttributes.Status => read.Status == 0 ? "" : "some",
            CallAttributes.RequestBody => read.RequestBody.Content.IsEmpty ? "" : "some",
            CallAttributes.BatchId => read.Position?.ToString(),
            _ => string.Concat(read.RequestHeaders.Select(h => h.Name)),
        };
        left.ShouldBeNullOrEmpty();
    }

    [Fact]
    public void Connections_written_apart_are_those_written_with_the_call()
    {
        var (client, upstream) = (new CallSide { Protocol = "2", Cipher = "TLS_AES_128_GCM_SHA256", Port = 40_000, Trust = CallTrust.Verified }, new CallSide { Protocol = "1.1", Trust = CallTrust.Plaintext });
        var output = Written(Small);
        CallLogWriter.WriteUpstream(upstream, output);
        CallLogWriter.WriteClient(client, output);

        ShouldBeSame(Read(output), Small with { Client = client, Upstream = upstream });
    }

    private static LogRecord Positioned(string attribute, AnyValue value)
    {
        var log = Log(Small with { Position = new CallPosition(1, 2, 10, new DateOnly(2026, 9, 8)) });
        log.Attributes.Add(new KeyValue { Key = attribute, Value = value });
        return log;
    }

    private static ArrayBufferWriter<byte> Written(CallRecord call)
    {
        var output = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteCall(call, output);
        if (call.Position is { } position)
        {
            CallLogWriter.WritePosition(position, output);
        }

        return output;
    }

    private static LogRecord Log(CallRecord call) => LogRecord.Parser.ParseFrom(Written(call).WrittenSpan);

    private static CallRecord Read(ArrayBufferWriter<byte> written) => Read(LogRecord.Parser.ParseFrom(written.WrittenSpan));

    private static CallRecord Read(LogRecord log)
    {
        CallLogReader.TryRead(OtlpLog.One(log.ToByteArray()), out var call, out var error).ShouldBeTrue(error);
        error.ShouldBe("");
        return call.ShouldNotBeNull();
    }

    private static string Error(LogRecord log)
    {
        CallLogReader.TryRead(OtlpLog.One(log.ToByteArray()), out var call, out var error).ShouldBeFalse();
        call.ShouldBeNull();
        return error;
    }

    // Records hold lists and memory, which compare by reference: compare their JSON.
    private static void ShouldBeSame(CallRecord read, CallRecord written) => JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(written));
}
