using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeLens.Store.Access;

/// <summary>What an unused login code gives: the text of its file, as JSON.</summary>
/// <param name="Role">What its session may do.</param>
/// <param name="User">Whose it is.</param>
/// <param name="ExpiresAt">Until when it may be used; null for as long as its file is there.</param>
internal sealed record LoginCode([property: JsonConverter(typeof(JsonStringEnumConverter<StoreRole>))] StoreRole Role, string User, DateTimeOffset? ExpiresAt)
{
    /// <summary>Of the machine that the Store runs on.</summary>
    public const string OwnerUser = "owner";

    // As AppHost prints it. Whoever starts the Store can read its files and its database.
    private static readonly LoginCode Owner = new(StoreRole.Admin, OwnerUser, null);

    /// <summary>An empty text is the owner's. Null for anything that is none, or gives no role of people.</summary>
    public static LoginCode? Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Owner;
        }

        try
        {
            return JsonSerializer.Deserialize<LoginCode>(text) is { User.Length: > 0 } code && StoreRoles.Find(code.Role.Name()) is not null ? code : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
