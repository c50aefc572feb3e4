namespace KubeLens.Contracts.Health;

/// <summary>How long what is stored is kept, as the answering Store is told.</summary>
/// <param name="CallDays">Days that calls are kept.</param>
/// <param name="BodyDays">Days that headers and bodies are kept.</param>
/// <param name="Classes">Days that headers and bodies of calls of a class are kept, by its name.</param>
/// <param name="LastRunAt">When it last looked at what is due, to the end; null for not yet.</param>
public sealed record RetentionStatus(int CallDays, int BodyDays, IReadOnlyDictionary<string, int> Classes, DateTimeOffset? LastRunAt);
