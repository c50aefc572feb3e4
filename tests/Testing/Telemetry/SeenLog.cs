namespace KubeLens.Testing;

/// <summary>A log record as it came to a collector. Severity: 9 information, 13 warning, 17 error.</summary>
public sealed record SeenLog(string Scope, string EventName, ulong Severity, string Body, string TraceId, string SpanId, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, string> Resource)
{
    public string this[string name] => Attributes.GetValueOrDefault(name, "");
}
