using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.Protobuf;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Contracts.Tests.Otlp;

/// <summary>What is read in place is what the protobuf library reads.</summary>
public sealed class OtlpLogTests
{
    private static readonly byte[] Whole = Request().ToByteArray();

    [Property(MaxTest = 300)]
    public Property Of_ARequestOfManyRecords_IsWhatTheLibraryReads() => Prop.ForAll(Arb.From(Gen.ListOf(CallRecords.All())), calls =>
    {
        var request = new ExportLogsServiceRequest();
        foreach (var group in calls.Chunk(3))
        {
            var scope = new ScopeLogs { LogRecords = { group.Select(call => LogRecord.Parser.ParseFrom(Written(call))) } };
            request.ResourceLogs.Add(new ResourceLogs { Resource = new Resource(), ScopeLogs = { new ScopeLogs(), scope } });
        }

        var read = OtlpLog.Of(request.ToByteArray()).Select(log => (log.Path, Text(log))).ToList();

        read.ShouldBe(Expected(request));
    });

    [Fact]
    public void Of_ValuesOfEveryKind_IsWhatTheLibraryReads() => OtlpLog.Of(Whole).Select(log => (log.Path, Text(log))).ToList().ShouldBe(Expected(Request()));

    /// <summary>Wherever it is cut, both say so, or neither.</summary>
    [Fact]
    public void Of_ARequestThatIsCutShort_FailsWhereTheLibraryDoes()
    {
        var refused = 0;
        for (var length = 0; length < Whole.Length; length++)
        {
            var fails = Fails(Whole.AsMemory(0, length));

            fails.ShouldBe(LibraryFails(Whole[..length]), $"{length} bytes");
            refused += fails ? 1 : 0;
        }

        refused.ShouldBeGreaterThan(Whole.Length / 2);
    }

    [Fact]
    public void Of_ARequestWithOtherBytes_IsReadOrRefused()
    {
        var random = new Random(9);
        for (var i = 0; i < 3_000; i++)
        {
            var damaged = Whole.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            // It may take for unknown what the library looks into; never the other way round.
            (Fails(damaged) && !LibraryFails(damaged)).ShouldBeFalse($"{i}: {Convert.ToHexString(damaged)}");
        }
    }

    [Theory]
    [InlineData("kube-system")]
    [InlineData("kühe")]
    [InlineData("語")]
    [InlineData("")]
    public void Of_ATextThatComesAgain_IsTheSameText(string text)
    {
        var record = new LogRecord { EventName = text, Attributes = { new KeyValue { Key = text, Value = new AnyValue { StringValue = text } } } }.ToByteArray();

        for (var i = 0; i < 3; i++)
        {
            OtlpLog.One(record).EventName.ShouldBe(text);
            OtlpLog.One(record).ByKey.Text(text).ShouldBe(text);
        }
    }

    private static ExportLogsServiceRequest Request()
    {
        var log = new LogRecord { TimeUnixNano = 1_234_567_890_123_456_789, ObservedTimeUnixNano = 7, SeverityNumber = 16, SeverityText = "WARN", Body = new AnyValue { StringValue = "text" }, DroppedAttributesCount = 300, Flags = 1, EventName = "some.event", TraceId = ByteString.CopyFrom(new byte[16]), SpanId = ByteString.CopyFrom(1, 2, 3) };
        foreach (var (value, i) in Values().Select((value, i) => (value, i)))
        {
            log.Attributes.Add(new KeyValue { Key = $"key.{i}", Value = value });
        }

        log.Attributes.Add(new KeyValue { Key = "no.value" });
        log.Attributes.Add(new KeyValue { Value = new AnyValue { IntValue = -1 } });
        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs(), new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { log, new LogRecord() } } } } } };
    }

    private static IEnumerable<AnyValue> Values()
    {
        var (text, number) = (new AnyValue { StringValue = "täxt" }, new AnyValue { IntValue = long.MinValue });
        return
        [
            text, number, new AnyValue { StringValue = "" }, new AnyValue { BoolValue = true }, new AnyValue { DoubleValue = 1.5 }, new AnyValue { BytesValue = ByteString.CopyFrom(0, 255) }, new AnyValue { BytesValue = ByteString.Empty },
            new AnyValue { ArrayValue = new ArrayValue { Values = { text, number, new AnyValue(), text } } }, new AnyValue { ArrayValue = new ArrayValue() },
            new AnyValue { KvlistValue = new KeyValueList { Values = { new KeyValue { Key = "k", Value = text } } } }, new AnyValue(), new AnyValue { StringValue = new string('x', 5_000) },
        ];
    }

    private static List<(string, string)> Expected(ExportLogsServiceRequest request) =>
    [
        .. from r in request.ResourceLogs.Select((logs, i) => (Logs: logs, Index: i))
           from s in r.Logs.ScopeLogs.Select((logs, i) => (Logs: logs, Index: i))
           from l in s.Logs.LogRecords.Select((log, i) => (Log: log, Index: i))
           select ($"resource_logs[{r.Index}].scope_logs[{s.Index}].log_records[{l.Index}]", Text(l.Log)),
    ];

    private static string Text(LogRecord log) => string.Join('\n', [log.EventName, $"{log.TimeUnixNano}", Convert.ToHexString(log.TraceId.Span), Convert.ToHexString(log.SpanId.Span), .. log.Attributes.Select(a => $"{a.Key} = {Text(a.Value)}")]);

    private static string Text(OtlpLog log) => string.Join('\n', [log.EventName, $"{log.TimeUnixNano}", Convert.ToHexString(log.TraceId.Span), Convert.ToHexString(log.SpanId.Span), .. log.Attributes.Select(a => $"{a.Key} = {Text(a.Value)}")]);

    private static string Text(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => $"text {value.StringValue}",
        AnyValue.ValueOneofCase.IntValue => $"number {value.IntValue}",
        AnyValue.ValueOneofCase.BytesValue => $"bytes {Convert.ToHexString(value.BytesValue.Span)}",
        AnyValue.ValueOneofCase.ArrayValue => $"array {string.Join(", ", value.ArrayValue.Values.Select(Text))}",
        null or AnyValue.ValueOneofCase.None => "none",
        _ => "other",
    };

    private static string Text(OtlpValue value) => value.Kind switch
    {
        OtlpValueKind.Text => $"text {OtlpTexts.Of(value.Content.Span)}",
        OtlpValueKind.Number => $"number {value.Number}",
        OtlpValueKind.Bytes => $"bytes {Convert.ToHexString(value.Content.Span)}",
        OtlpValueKind.Array => $"array {string.Join(", ", Items(value).Select(Text))}",
        OtlpValueKind.None => "none",
        _ => "other",
    };

    private static List<OtlpValue> Items(OtlpValue array)
    {
        var items = new List<OtlpValue>();
        foreach (var item in array.Items())
        {
            items.Add(item);
        }

        return items;
    }

    private static bool Fails(ReadOnlyMemory<byte> request)
    {
        try
        {
            _ = OtlpLog.Of(request).Count(log => Text(log).Length < 0);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static bool LibraryFails(byte[] request)
    {
        try
        {
            ExportLogsServiceRequest.Parser.ParseFrom(request);
            return false;
        }
        catch (InvalidProtocolBufferException)
        {
            return true;
        }
    }

    private static byte[] Written(KubeLens.Contracts.Calls.CallRecord call)
    {
        var output = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteCall(call, output);
        CallLogWriter.WriteBodies(call.RequestBody, call.ResponseBody, output);
        return output.WrittenSpan.ToArray();
    }
}
