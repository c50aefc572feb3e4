using System.Buffers;
using System.IO.Compression;
using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Storage;

/// <summary>The lines of a log, and what gzip makes of them.</summary>
internal sealed class LogSizes : IDisposable
{
    private const int GzipLevel = 6;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly CountingStream _compressed;
    private readonly GZipStream _gzip;
    private readonly AuditLine _writer;

    /// <param name="output">Gets what is compressed; when null, nobody keeps it.</param>
    public LogSizes(Stream? output = null)
    {
        _compressed = new CountingStream(output);
        _gzip = new GZipStream(_compressed, new ZLibCompressionOptions { CompressionLevel = GzipLevel });
        _writer = new AuditLine(_line);
    }

    public long Bytes { get; private set; }

    public void Write(CallRecord call)
    {
        _line.ResetWrittenCount();
        _writer.Write(call);
        Bytes += _line.WrittenCount;
        _gzip.Write(_line.WrittenSpan);
    }

    /// <summary>Of all lines; no more can be written.</summary>
    public long GzipBytes()
    {
        _gzip.Dispose();
        return _compressed.Length;
    }

    public void Dispose()
    {
        _gzip.Dispose();
        _writer.Dispose();
        _compressed.Dispose();
    }
}
