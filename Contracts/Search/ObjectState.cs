namespace KubeLens.Contracts.Search;

/// <summary>An object as a call left it, or saw it.</summary>
/// <param name="CallId">The call whose body this is of.</param>
/// <param name="Time">When that call completed, UTC.</param>
/// <param name="ResourceVersion">Empty when unknown.</param>
/// <param name="Text">Indented JSON, in the order in which the object came, redacted as its body is.</param>
/// <param name="RedactedValues">Values replaced by the gateway.</param>
public sealed record ObjectState(string CallId, DateTimeOffset Time, string ResourceVersion, string Text, int RedactedValues);
