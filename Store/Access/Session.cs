using System.Text.Json.Serialization;

namespace KubeLens.Store.Access;

/// <summary>What a session token says.</summary>
/// <param name="Id">Of the session, for the log.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Role">By its name, so that a token of another version never means another role.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record Session(string Id, string User, [property: JsonConverter(typeof(JsonStringEnumConverter<StoreRole>))] StoreRole Role, DateTimeOffset ExpiresAt);
