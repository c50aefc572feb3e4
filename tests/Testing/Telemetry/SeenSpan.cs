namespace KubeLens.Testing;

/// <summary>A span as it came to a collector. Kinds: 1 internal, 2 server, 3 client. Status: 0 unset, 1 ok, 2 error.</summary>
public sealed record SeenSpan(string Scope, string Name, string TraceId, string SpanId, string ParentId, ulong Kind, TimeSpan Duration, ulong Status, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links, IReadOnlyDictionary<string, string> Resource)
{
    public const ulong Internal = 1, Server = 2, Client = 3, Unset = 0, Error = 2;

    /// <summary>An attribute as text; empty where it is absent.</summary>
    public string this[string name] => Attributes.GetValueOrDefault(name, "");
}
