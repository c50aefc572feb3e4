using System.Buffers;
using System.Text.Json;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Export.Har;

/// <summary>
/// One HAR 1.2 document (http://www.softwareishard.com/blog/har-12-spec/), written entry by entry. What HAR has no field for is
/// under <c>_kubelens</c>, as custom fields begin with an underscore there.
/// </summary>
internal sealed class HarWriter(IBufferWriter<byte> output, ExportHead head) : IExportWriter
{
    private static readonly string Version = typeof(HarWriter).Assembly.GetName().Version!.ToString(3);

    private readonly Utf8JsonWriter _json = new(output, head.WriterOptions);

    public void Begin()
    {
        _json.WriteStartObject();
        _json.WriteStartObject("log");
        _json.WriteString("version", "1.2");
        _json.WriteStartObject("creator");
        _json.WriteString("name", "KubeLens");
        _json.WriteString("version", Version);
        _json.WriteEndObject();
        _json.WriteStartObject("_kubelens");
        _json.WriteString("query", head.Query);
        _json.WriteString("from", MicrosecondTimeConverter.Text(head.Range.From));
        _json.WriteString("to", MicrosecondTimeConverter.Text(head.Range.To));
        _json.WriteEndObject();
        _json.WriteStartArray("entries");
        _json.Flush();
    }

    public void Write(ExportedCall call)
    {
        HarEntry.Write(_json, call, head.Json);
        _json.Flush();
    }

    public void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();
}
