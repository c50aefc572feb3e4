namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>What a text is that may be a JSON object or array, as the <c>raw</c> of a <c>RawExtension</c> is.</summary>
internal enum EmbeddedJson
{
    /// <summary>No object or array in JSON: a text like any other.</summary>
    None,

    /// <summary>One that can stand in another document.</summary>
    Sound,

    /// <summary>One that cannot: too deep, or with escapes of half characters.</summary>
    Unfit,
}
