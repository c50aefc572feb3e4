using System.Text.Json;

namespace KubeLens.Store.Audit;

/// <summary>The events of a post, and what of it is wrong.</summary>
/// <param name="Events">Those that could be read.</param>
/// <param name="Faults">One of each other event, or of the whole; each begins with the field.</param>
internal sealed record AuditList(IReadOnlyList<AuditEvent> Events, IReadOnlyList<string> Faults)
{
    private const string Kind = "EventList";

    // An object of a CustomResourceDefinition nests deeper than the reader's usual 64.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    /// <summary>Reads an <c>audit.k8s.io/v1</c> EventList, which an apiserver posts.</summary>
    public static AuditList Read(ReadOnlyMemory<byte> json, string cluster)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Deep);
        }
        catch (JsonException e)
        {
            return new AuditList([], [$"body: expected the JSON of an {AuditEventReader.ApiVersion} {Kind}: {e.Message}"]);
        }

        using (document)
        {
            var list = document.RootElement;
            return Wrong(list) is { } fault ? new AuditList([], [fault]) : ReadItems(list.GetProperty("items"), cluster);
        }
    }

    /// <summary>Reads one event of its own, as a line of a log is.</summary>
    public static AuditEvent? ReadOne(ReadOnlyMemory<byte> json, string cluster, out string fault)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Deep);
            if (Header(document.RootElement, "Event") is { } wrong)
            {
                fault = wrong;
                return null;
            }

            return AuditEventReader.TryRead(document.RootElement, cluster, "", out var read, out fault) ? read : null;
        }
        catch (JsonException e)
        {
            fault = $"no whole JSON object: {e.Message}";
            return null;
        }
    }

    private static AuditList ReadItems(JsonElement items, string cluster)
    {
        var (events, faults) = (new List<AuditEvent>(items.GetArrayLength()), new List<string>());
        foreach (var item in items.EnumerateArray())
        {
            if (AuditEventReader.TryRead(item, cluster, FormattableString.Invariant($"items[{events.Count + faults.Count}]."), out var read, out var error))
            {
                events.Add(read!);
            }
            else
            {
                faults.Add(error);
            }
        }

        return new AuditList(events, faults);
    }

    private static string? Wrong(JsonElement list) => Header(list, Kind) is { } wrong ? wrong
        : !list.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array ? "items: expected a list of events"
        : null;

    private static string? Header(JsonElement json, string kind)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return $"body: expected an object of kind {kind}";
        }

        return Text(json, "apiVersion") is var version && version != AuditEventReader.ApiVersion ? $"apiVersion: expected {AuditEventReader.ApiVersion}, found \"{version}\"; leave --audit-webhook-version and --audit-log-version at their default"
            : Text(json, "kind") is var found && found != kind ? $"kind: expected {kind}, found \"{found}\""
            : null;
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
