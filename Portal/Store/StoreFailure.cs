namespace KubeLens.Portal.Store;

/// <summary>Why the Store gave no answer.</summary>
/// <param name="Text">One sentence for a person.</param>
/// <param name="CorrelationId">The trace id that the request carried; logs of both sides name it.</param>
public sealed record StoreFailure(string Text, string CorrelationId);
