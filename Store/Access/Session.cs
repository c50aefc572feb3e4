namespace KubeLens.Store.Access;

/// <summary>What a session token says.</summary>
internal sealed record Session(string Id, StoreRole Role, DateTimeOffset ExpiresAt);
