using System.Buffers;
using System.Text.Json;

namespace KubeLens.Store.Export;

/// <summary>JSON values, one a line.</summary>
internal sealed class JsonLines(IBufferWriter<byte> output, ExportHead head) : IDisposable
{
    /// <summary>Writes the line's value.</summary>
    public Utf8JsonWriter Json { get; } = new(output, head.WriterOptions);

    public void EndLine()
    {
        Json.Flush();
        Json.Reset();
        output.Write("\n"u8);
    }

    public void Dispose() => Json.Dispose();
}
