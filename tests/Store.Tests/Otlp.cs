using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Store.Tests;

/// <summary>Calls as a gateway sends them.</summary>
internal static class Otlp
{
    public static LogRecord Record(CallRecord call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteCall(call, buffer);
        CallLogWriter.WriteBodies(call.RequestBody, call.ResponseBody, buffer);
        if (call.Position is { } position)
        {
            CallLogWriter.WritePosition(position, buffer);
        }

        return LogRecord.Parser.ParseFrom(buffer.WrittenSpan);
    }

    public static ExportLogsServiceRequest Request(params IEnumerable<LogRecord> records) =>
        new() { ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { records } } } } } };

    public static HttpContent Content(IEnumerable<CallRecord> calls) => Content(Request(calls.Select(Record)).ToByteArray());

    public static HttpContent Content(byte[] body, string type = "application/x-protobuf") =>
        new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    /// <summary>A call as its gateway tells of it while it runs.</summary>
    public static LogRecord Open(CallRecord call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        InFlightLog.WriteOpen(call, buffer);
        InFlightLog.WriteProgress(call.Time, call.LatencyUs, call.RequestBytes, call.ResponseBytes, buffer);
        return LogRecord.Parser.ParseFrom(buffer.WrittenSpan);
    }

    public static LogRecord Lease(string boot, string gateway = "gw-1", double seconds = 10, DateTimeOffset? delivered = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        InFlightLog.WriteLease(new GatewayLease(gateway, boot, TimeSpan.FromSeconds(seconds), delivered), SampleCalls.Now, buffer);
        return LogRecord.Parser.ParseFrom(buffer.WrittenSpan);
    }

    public static byte[] Gzip(byte[] body)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return output.ToArray();
    }
}
