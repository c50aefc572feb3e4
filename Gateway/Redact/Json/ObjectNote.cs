namespace KubeLens.Gateway.Redact.Json;

/// <summary>What the first pass learned of one JSON object, so that the second knows it from the object's beginning: a <c>kind</c> may stand after the <c>data</c>.</summary>
internal struct ObjectNote
{
    public KindMarks Kinds;

    /// <summary>Its end was seen; what an incomplete object is, is not known.</summary>
    public bool Complete;

    /// <summary>Has members of an API object (<c>metadata</c>, <c>data</c>), so it is more than a reference to one.</summary>
    public bool HasPayload;

    /// <summary>Has a <c>name</c> or <c>key</c>.</summary>
    public bool Named;

    /// <summary>That name makes the <c>value</c> beside it a credential.</summary>
    public bool SecretName;

    /// <summary>A <c>Status</c> whose reason is not one whose message is harmless, or has none.</summary>
    public bool HarmlessReason;

    /// <summary>How many <c>path</c> members it has: a JSON Patch operation has one.</summary>
    public int Paths;

    public TextSlice Path;
    public TextSlice Uid;
    public TextSlice Name;
    public TextSlice Namespace;
}
