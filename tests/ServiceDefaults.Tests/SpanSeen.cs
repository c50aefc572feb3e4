namespace KubeLens.ServiceDefaults.Tests;

/// <summary>A span as it was exported. Kinds: 1 internal, 2 server, 3 client.</summary>
internal sealed record SpanSeen(string Name, string ParentId, ulong Kind, IReadOnlyDictionary<string, string> Attributes)
{
    public const ulong Server = 2;
    public const ulong Client = 3;
}
