namespace KubeLens.Contracts.Calls;

/// <summary>What is known of the peer of a connection. The numbers are on the wire and stored: add at the end, never renumber.</summary>
public enum CallTrust
{
    /// <summary>There was no connection, or nothing is known of it.</summary>
    Unknown = 0,

    /// <summary>Without TLS.</summary>
    Plaintext = 1,

    /// <summary>TLS, but the peer showed no certificate or one that was not checked or did not pass.</summary>
    Unverified = 2,

    /// <summary>TLS, and the peer's certificate passed.</summary>
    Verified = 3,
}
