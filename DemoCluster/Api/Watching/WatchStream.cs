using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Watching;

/// <summary>Writes a watch's frames, one JSON object a line: <c>{"type":"ADDED","object":{…}}</c>.</summary>
internal sealed class WatchStream(ApiCall call)
{
    private const string InitialEventsEnd = "k8s.io/initial-events-end";
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private bool _columnsSent;

    /// <summary>The client knows by the headers that its watch is on, long before the first event.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        call.Http.Response.StatusCode = 200;
        call.Http.Response.ContentType = call.Form.ContentType;
        call.Http.Response.Headers.CacheControl = "no-cache, private";
        await call.Http.Response.Body.FlushAsync(cancellationToken);
    }

    public void Event(string type, StoredObject stored) => Frame(type, writer =>
    {
        ObjectOutput.Write(writer, call, stored, withColumns: !_columnsSent);
        _columnsSent = true;
    });

    public void Bookmark(long version, bool endsInitialEvents)
    {
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null };
        if (endsInitialEvents)
        {
            metadata["annotations"] = new JsonObject { [InitialEventsEnd] = "true" };
        }

        Event("BOOKMARK", new StoredObject(call.Kind, new JsonObject { ["metadata"] = metadata }, version));
    }

    public void Error(ApiException error) => Frame("ERROR", writer => Status.Failure(error).WriteTo(writer, JsonForm.Compact));

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_buffer.WrittenCount > 0)
        {
            await call.Http.Response.Body.WriteAsync(_buffer.WrittenMemory, cancellationToken);
            await call.Http.Response.Body.FlushAsync(cancellationToken);
            _buffer.ResetWrittenCount();
        }
    }

    private void Frame(string type, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(_buffer, JsonForm.Writer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WritePropertyName("object");
            write(writer);
            writer.WriteEndObject();
        }

        _buffer.Write("\n"u8);
    }
}
