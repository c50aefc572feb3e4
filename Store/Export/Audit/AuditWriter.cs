using System.Buffers;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Export.Audit;

/// <summary>
/// An <c>audit.k8s.io/v1</c> Event a line, its fields in the order and form in which a kube-apiserver's log backend writes them
/// (https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/).
/// </summary>
internal sealed class AuditWriter(IBufferWriter<byte> output, ExportHead head) : IExportWriter
{
    private readonly JsonLines _lines = new(output, head);

    public void Begin()
    {
    }

    public void Write(ExportedCall call)
    {
        var (json, details) = (_lines.Json, call.Details);

        // The events of a watch and the terminal of a shell are no objects, though one event alone would look like one.
        var hasObjects = details.Verb != "watch" && details.Session is null;
        var request = hasObjects ? AuditObject.Of(call.Stored.RequestBody) : null;
        var response = hasObjects ? AuditObject.Of(call.Stored.ResponseBody) : null;
        json.WriteStartObject();
        json.WriteString("kind", "Event");
        json.WriteString("apiVersion", "audit.k8s.io/v1");
        json.WriteString("level", response is not null ? "RequestResponse" : request is not null ? "Request" : "Metadata");

        // Other producers than the gateway need not send one; an event has to have one.
        json.WriteString("auditID", details.AuditId.Length > 0 ? details.AuditId : details.Id);
        json.WriteString("stage", "ResponseComplete");
        json.WriteString("requestURI", details.Path);
        json.WriteString("verb", details.Verb);
        WriteUsers(json, details);
        json.WriteStartArray("sourceIPs");
        if (details.SourceIp.Length > 0)
        {
            json.WriteStringValue(details.SourceIp);
        }

        json.WriteEndArray();
        WriteText(json, "userAgent", details.UserAgent);
        WriteObjectRef(json, details);
        WriteStatus(json, details);
        WriteObject(json, "requestObject", request);
        WriteObject(json, "responseObject", response);
        json.WriteString("requestReceivedTimestamp", MicrosecondTimeConverter.Text(details.StartedAt));
        json.WriteString("stageTimestamp", MicrosecondTimeConverter.Text(details.Time));
        json.WriteStartObject("annotations");
        foreach (var (name, value) in AuditAnnotations.Of(details))
        {
            WriteText(json, name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        _lines.EndLine();
    }

    public void End()
    {
    }

    public void Dispose() => _lines.Dispose();

    private static void WriteUsers(Utf8JsonWriter json, CallDetails details)
    {
        json.WriteStartObject("user");
        WriteText(json, "username", details.User);
        if (details.Groups.Count > 0)
        {
            json.WriteStartArray("groups");
            foreach (var group in details.Groups)
            {
                json.WriteStringValue(group);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        if (details.ImpersonatedUser.Length > 0)
        {
            json.WriteStartObject("impersonatedUser");
            json.WriteString("username", details.ImpersonatedUser);
            json.WriteEndObject();
        }
    }

    private static void WriteObjectRef(Utf8JsonWriter json, CallDetails details)
    {
        // A path that is no resource's has none.
        if (details.Resource.Length == 0)
        {
            return;
        }

        json.WriteStartObject("objectRef");
        json.WriteString("resource", details.Resource);
        WriteText(json, "namespace", details.Namespace);
        WriteText(json, "name", details.Name);
        WriteText(json, "uid", details.Object.Uid);
        WriteText(json, "apiGroup", details.ApiGroup);
        WriteText(json, "apiVersion", details.ApiVersion);
        WriteText(json, "resourceVersion", details.Object.ResourceVersionBefore);
        WriteText(json, "subresource", details.Subresource);
        json.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter json, CallDetails details)
    {
        if (details.Status is not { } code)
        {
            return;
        }

        json.WriteStartObject("responseStatus");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        WriteText(json, "status", code >= StatusCodes.Status400BadRequest ? "Failure" : "");
        WriteText(json, "message", details.Message);
        WriteText(json, "reason", details.Reason);
        json.WriteNumber("code", code);
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, string name, byte[]? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value, skipInputValidation: true);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }
}
