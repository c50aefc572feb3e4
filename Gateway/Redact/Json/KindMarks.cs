namespace KubeLens.Gateway.Redact.Json;

/// <summary>What an object says of its kind; several when it says it more than once, and then the most sensitive counts.</summary>
[Flags]
internal enum KindMarks
{
    None = 0,

    /// <summary>Secret, ConfigMap, TokenReview, TokenRequest, CertificateSigningRequest: only what is known to be harmless is kept.</summary>
    Strict = 1,

    /// <summary>ExternalSecret and the like: <c>data</c> members at any depth are redacted.</summary>
    Secretish = 2,

    /// <summary>An error or success answer.</summary>
    Status = 4,

    /// <summary>Table, PartialObjectMetadata and its list: what an apiserver answers with for any resource.</summary>
    Envelope = 8,

    Other = 16,

    /// <summary><c>List</c>, of mixed kinds.</summary>
    List = 32,
    ListOfStrict = 64,
    ListOfSecretish = 128,
    ListOfOther = 256,

    AnyList = List | ListOfStrict | ListOfSecretish | ListOfOther,
}
