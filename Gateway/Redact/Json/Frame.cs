namespace KubeLens.Gateway.Redact.Json;

/// <summary>An object or array that the second pass stands in.</summary>
internal struct Frame
{
    public bool IsArray;
    public Treatment Treatment;

    /// <summary>What this object is; of an array, what its elements are.</summary>
    public Place Place;

    /// <summary>For API objects here and below that do not name their kind.</summary>
    public Sensitivity Default;

    /// <summary>Index of the object's note; of an array, of the object around it, or -1.</summary>
    public int Note;

    /// <summary>The member that is being read.</summary>
    public Member Member;

    /// <summary>The member's name is that of a credential, or of a copy of the whole object.</summary>
    public bool SecretMember;

    /// <summary>The member's name in the document; of an array, the element's index is counted in <see cref="Index"/>.</summary>
    public TextSlice MemberName;

    public int Index;

    /// <summary>The element before was a flag whose value is a credential: <c>["--password", "x"]</c>.</summary>
    public bool SecretFollows;

    /// <summary>The frame of the object that names this one, for fingerprints.</summary>
    public int Owner;
}
