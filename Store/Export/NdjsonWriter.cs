using System.Buffers;
using System.Text.Json;

namespace KubeLens.Store.Export;

/// <summary>Calls as <c>GET /api/v1/calls/{id}</c> answers them, one a line.</summary>
internal sealed class NdjsonWriter(IBufferWriter<byte> output, ExportHead head) : IExportWriter
{
    private readonly JsonLines _lines = new(output, head);

    public void Begin()
    {
    }

    public void Write(ExportedCall call)
    {
        JsonSerializer.Serialize(_lines.Json, call.Details, head.Json);
        _lines.EndLine();
    }

    public void End()
    {
    }

    public void Dispose() => _lines.Dispose();
}
