using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace KubeLens.Store.Audit;

/// <summary>The lines of an audit log, plain or gzip, whatever its name.</summary>
internal static class AuditLogFile
{
    private const byte GzipFirst = 0x1f, GzipSecond = 0x8b;

    /// <summary>Lines that are not empty, numbered from 1. Each is valid until the next is asked for.</summary>
    public static async IAsyncEnumerable<(long Number, ReadOnlyMemory<byte> Line)> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(await DecodeAsync(PipeReader.Create(input), cancellationToken));
        for (var (number, ended) = (0L, false); !ended;)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                number++;
                if (rest.Slice(0, end) is var line && !IsBlank(line))
                {
                    yield return (number, line.ToArray());
                }

                rest = rest.Slice(rest.GetPosition(1, end));
            }

            ended = read.IsCompleted;
            if (ended && !IsBlank(rest))
            {
                yield return (number + 1, rest.ToArray());
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static async Task<Stream> DecodeAsync(PipeReader input, CancellationToken cancellationToken)
    {
        var head = await input.ReadAtLeastAsync(2, cancellationToken);
        var gzip = head.Buffer.Length >= 2 && head.Buffer.FirstSpan is [GzipFirst, ..] && head.Buffer.Slice(1).FirstSpan is [GzipSecond, ..];
        input.AdvanceTo(head.Buffer.Start);
        return gzip ? new GZipStream(input.AsStream(), CompressionMode.Decompress) : input.AsStream();
    }

    private static bool IsBlank(ReadOnlySequence<byte> line) => line.IsEmpty || (line.Length == 1 && line.FirstSpan[0] == (byte)'\r');
}
