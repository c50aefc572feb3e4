using System.Buffers;
using System.IO.Compression;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Gateway.Spool;

namespace KubeLens.Gateway.Delivery;

/// <summary>
/// Makes an <c>ExportLogsServiceRequest</c> out of encoded pieces without decoding any: a record is the concatenation of
/// call, fragments and position. Reused from batch to batch; not thread-safe.
/// </summary>
internal sealed class BatchEncoder
{
    private const byte FirstFieldTag = 0x0A, SecondFieldTag = 0x12; // resource_logs; scope_logs and log_records
    private const int MaxVarintBytes = 5;
    private const int KeptBytes = 8 * 1024 * 1024;

    private static readonly byte[] DroppedNote = CallSpool.NoteOf(CallBodyNote.Dropped);
    private static readonly byte[] LostNote = CallSpool.NoteOf(CallBodyNote.Lost);

    private readonly byte[] _resource;
    private readonly byte[] _scope = new ScopeLogs { Scope = new InstrumentationScope { Name = "KubeLens.Gateway" } }.ToByteArray();
    private readonly ArrayBufferWriter<byte> _position = new(256);
    private ArrayBufferWriter<byte> _records = new(1024 * 1024);

    public BatchEncoder(string instance)
    {
        var resource = new Resource();
        resource.Attributes.Add(new KeyValue { Key = "service.name", Value = new AnyValue { StringValue = "kubelens-gateway" } });
        resource.Attributes.Add(new KeyValue { Key = "service.instance.id", Value = new AnyValue { StringValue = instance } });
        _resource = new ResourceLogs { Resource = resource }.ToByteArray();
    }

    public void Begin()
    {
        if (_records.Capacity > KeptBytes)
        {
            _records = new ArrayBufferWriter<byte>(KeptBytes / 8);
        }

        _records.ResetWrittenCount();
    }

    /// <summary>Copies a call out of the spool.</summary>
    public void Add(PendingCall call, CallPosition position)
    {
        _position.ResetWrittenCount();
        CallLogWriter.WritePosition(position, _position);
        var note = call.Note switch
        {
            CallBodyNote.Dropped => DroppedNote,
            CallBodyNote.Lost => LostNote,
            _ => [],
        };
        WriteHeader(_records, SecondFieldTag, call.Bytes + note.Length + _position.WrittenCount);
        _records.Write(call.Frame.Payload);
        foreach (var fragment in call.Fragments)
        {
            _records.Write(fragment.Payload);
        }

        _records.Write(note);
        _records.Write(_position.WrittenSpan);
    }

    /// <summary>A record that is in one piece.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        WriteHeader(_records, SecondFieldTag, record.Length);
        _records.Write(record);
    }

    /// <summary>The request with everything added since <see cref="Begin"/>, compressed.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        var scopeLogs = _scope.Length + _records.WrittenCount;
        var resourceLogs = _resource.Length + 1 + VarintSize(scopeLogs) + scopeLogs;
        var start = new ArrayBufferWriter<byte>(256);
        WriteHeader(start, FirstFieldTag, resourceLogs);
        start.Write(_resource);
        WriteHeader(start, SecondFieldTag, scopeLogs);
        start.Write(_scope);

        var output = new MemoryStream(Math.Max(256, _records.WrittenCount / 8));
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(start.WrittenSpan);
            gzip.Write(_records.WrittenSpan);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private static void WriteHeader(ArrayBufferWriter<byte> output, byte tag, int length)
    {
        var span = output.GetSpan(1 + MaxVarintBytes);
        var at = 0;
        span[at++] = tag;
        var rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7)
        {
            span[at++] = (byte)(rest | 0x80);
        }

        span[at++] = (byte)rest;
        output.Advance(at);
    }

    private static int VarintSize(int value)
    {
        var size = 1;
        for (var rest = (uint)value; rest >= 0x80; rest >>= 7)
        {
            size++;
        }

        return size;
    }
}
