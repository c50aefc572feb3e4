namespace KubeLens.Contracts.Calls;

/// <summary>The risk class of a call.</summary>
public enum VerbClass
{
    /// <summary>Neither of the others: an unusual method.</summary>
    Other,
    Read,
    Write,
    Delete,

    /// <summary>A shell, a port-forward or a proxied connection.</summary>
    Interactive,
}
