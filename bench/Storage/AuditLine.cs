using System.Buffers;
using System.Text.Json;
using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Storage;

/// <summary>
/// A call as others log it: a compact <c>audit.k8s.io/v1</c> line of level RequestResponse, with the headers of both sides besides.
/// (https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/)
/// </summary>
internal sealed class AuditLine(IBufferWriter<byte> output) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { SkipValidation = true });

    public void Write(CallRecord call)
    {
        _json.WriteStartObject();
        _json.WriteString("kind", "Event");
        _json.WriteString("apiVersion", "audit.k8s.io/v1");
        _json.WriteString("level", "RequestResponse");
        _json.WriteString("auditID", call.AuditId);
        _json.WriteString("stage", "ResponseComplete");
        _json.WriteString("requestURI", call.Query.Length > 0 ? $"{call.Path}?{call.Query}" : call.Path);
        _json.WriteString("verb", call.Verb);
        _json.WriteStartObject("user");
        _json.WriteString("username", call.User);
        Write("groups", call.Groups);
        _json.WriteEndObject();
        Write("sourceIPs", [call.SourceIp]);
        _json.WriteString("userAgent", call.UserAgent);
        WriteObjectRef(call);
        _json.WriteStartObject("responseStatus");
        _json.WriteNumber("code", call.Status);
        _json.WriteEndObject();
        Write("requestHeaders", call.RequestHeaders);
        Write("responseHeaders", call.ResponseHeaders);
        Write("requestObject", call.RequestBody, call.Verb);
        Write("responseObject", call.ResponseBody, call.Verb);
        _json.WriteString("requestReceivedTimestamp", call.Time.AddTicks(-call.LatencyUs * TimeSpan.TicksPerMicrosecond));
        _json.WriteString("stageTimestamp", call.Time);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        output.Write("\n"u8);
    }

    public void Dispose() => _json.Dispose();

    private void WriteObjectRef(CallRecord call)
    {
        if (call.Resource.Length == 0)
        {
            return;
        }

        _json.WriteStartObject("objectRef");
        foreach (var (name, value) in ((string, string)[])[("resource", call.Resource), ("namespace", call.Namespace), ("name", call.Name), ("uid", call.Object.Uid), ("apiGroup", call.ApiGroup), ("apiVersion", call.ApiVersion), ("resourceVersion", call.Object.ResourceVersion), ("subresource", call.Subresource)])
        {
            if (value.Length > 0)
            {
                _json.WriteString(name, value);
            }
        }

        _json.WriteEndObject();
    }

    private void Write(string name, IReadOnlyList<CallHeader> headers)
    {
        _json.WriteStartObject(name);
        foreach (var header in headers)
        {
            Write(header.Name, header.Values);
        }

        _json.WriteEndObject();
    }

    private void Write(string name, IReadOnlyList<string> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
    }

    // The events of a watch are lines, and so no object; a log has them as text.
    private void Write(string name, CallBody body, string verb)
    {
        if (body.Content.IsEmpty)
        {
            return;
        }

        if (verb == "watch")
        {
            _json.WriteString(name, body.Content.Span);
            return;
        }

        _json.WritePropertyName(name);
        _json.WriteRawValue(body.Content.Span, skipInputValidation: true);
    }
}
