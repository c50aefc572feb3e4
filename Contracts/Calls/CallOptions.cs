namespace KubeLens.Contracts.Calls;

/// <summary>What a request asked for besides its object: options of the query, of a <c>DeleteOptions</c> body, of the patch's media type.</summary>
public sealed record CallOptions
{
    /// <summary>It asked for nothing.</summary>
    public static CallOptions None { get; } = new();

    /// <summary><c>fieldManager</c>; empty where the apiserver makes one of the user agent.</summary>
    public string FieldManager { get; init; } = "";

    /// <summary>Nothing was to be stored.</summary>
    public bool DryRun { get; init; }

    /// <summary><c>json</c>, <c>merge</c>, <c>strategic</c> or <c>apply</c>.</summary>
    public string PatchType { get; init; } = "";

    /// <summary><c>resourceVersion</c> of a get, list or watch.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary><c>Exact</c> or <c>NotOlderThan</c>.</summary>
    public string ResourceVersionMatch { get; init; } = "";

    /// <summary>The most items of a page; null when there was no limit.</summary>
    public long? Limit { get; init; }

    /// <summary>It asked for the page after another one.</summary>
    public bool Continued { get; init; }

    /// <summary>What a delete does with dependents: <c>Orphan</c>, <c>Background</c> or <c>Foreground</c>.</summary>
    public string Propagation { get; init; } = "";
}
