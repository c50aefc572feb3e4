namespace KubeLens.Gateway.Redact.Json;

/// <summary>How the members of an object, or the elements of an array, are treated.</summary>
internal enum Treatment
{
    /// <summary>Kept, except what its own name or look gives away.</summary>
    Plain,

    /// <summary>Plain, but <c>data</c> right here is redacted.</summary>
    DataHere,

    /// <summary>Plain, but <c>data</c> here and below is redacted.</summary>
    DataBelow,

    /// <summary>A Secret: only kind, type and metadata are kept.</summary>
    Strict,

    /// <summary>Every value is redacted.</summary>
    All,

    /// <summary>A <c>Status</c>: messages that quote contents are redacted.</summary>
    Status,

    /// <summary>A <c>Status</c> whose messages are all redacted.</summary>
    StatusMessages,

    /// <summary>A JSON Patch operation: the <c>value</c> is treated by its <c>path</c>.</summary>
    Patch,
}

/// <summary>What stands at a place of the document.</summary>
internal enum Place
{
    /// <summary>Anything inside an object.</summary>
    Inner,

    /// <summary>An API object.</summary>
    Api,

    /// <summary>An operation of a JSON Patch.</summary>
    Operation,

    /// <summary>A row of a Table.</summary>
    Row,
}
