using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Access;

/// <summary>The whole state of the page of access records, as its URL holds it.</summary>
/// <param name="From">Start, as in the query language.</param>
/// <param name="To">End, likewise.</param>
/// <param name="Who">Only theirs, as records have it; of all when empty.</param>
/// <param name="Call">Only what was read of this call; of all when empty.</param>
public sealed record RecordsUrl(string From, string To, string Who, string Call)
{
    public const string DefaultFrom = "now-7d";

    /// <summary>Parts as they came from the address bar; absent ones get their defaults.</summary>
    public static RecordsUrl Of(string? from, string? to, string? who, string? call) => new(Or(from, DefaultFrom), Or(to, SearchUrl.DefaultTo), Or(who, ""), Or(call, ""));

    /// <summary>Of one call, since it began.</summary>
    public static RecordsUrl Of(CallDetails call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Of(call.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), null, null, call.Id);
    }

    /// <summary>What the Store is asked with.</summary>
    public string Parameters => $"?{Range.Range}{Part("who", Who)}{Part("call", Call)}";

    /// <summary>Its time alone, for what only knows that.</summary>
    public SearchUrl Range => SearchUrl.Of("", From, To, null, null);

    public override string ToString() => $"/access-records{Parameters}";

    private static string Part(string name, string value) => value.Length > 0 ? $"&{name}={Uri.EscapeDataString(value)}" : "";

    private static string Or(string? value, string fallback) => string.IsNullOrWhiteSpace(value) ? fallback : value.Trim();
}
