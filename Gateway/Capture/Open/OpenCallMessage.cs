using System.Buffers;
using System.IO.Compression;
using Google.Protobuf;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Gateway.Capture.Open;

/// <summary>One OTLP request: the gateway's lease, and calls that run. Not through the spool: a lost one costs nothing, the next says the same.</summary>
internal sealed class OpenCallMessage(GatewayLease lease, TimeProvider clock)
{
    private readonly ScopeLogs _scope = new() { Scope = new InstrumentationScope { Name = "KubeLens.Gateway" } };
    private readonly ArrayBufferWriter<byte> _record = new(4 * 1024);
    private readonly List<Action> _accepted = [];

    public int Calls => _accepted.Count;

    public void Add(OpenCall call)
    {
        _record.ResetWrittenCount();
        _accepted.Add(call.Write(clock, _record));
        _scope.LogRecords.Add(LogRecord.Parser.ParseFrom(_record.WrittenSpan));
    }

    public ReadOnlyMemory<byte> Finish()
    {
        _record.ResetWrittenCount();
        InFlightLog.WriteLease(lease, clock.GetUtcNow(), _record);
        _scope.LogRecords.Add(LogRecord.Parser.ParseFrom(_record.WrittenSpan));
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { _scope } } } }.WriteTo(gzip);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    /// <summary>The Store has it.</summary>
    public void Accepted() => _accepted.ForEach(note => note());
}
