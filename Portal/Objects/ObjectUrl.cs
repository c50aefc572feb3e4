using System.Text;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Objects;

/// <summary>The whole state of the object page, as its URL holds it.</summary>
/// <param name="Address">The object.</param>
/// <param name="Cluster">Its cluster, or empty where only one knows such an object.</param>
/// <param name="From">Start of what is shown.</param>
/// <param name="To">End.</param>
/// <param name="Before">Id of the call whose state is on the left; empty for the one before <paramref name="After"/>.</param>
/// <param name="After">Id of the call that is shown; empty for the newest.</param>
/// <param name="View">One of <see cref="Views"/>.</param>
internal sealed record ObjectUrl(ObjectAddress Address, string Cluster, string From, string To, string Before = "", string After = "", string View = ObjectUrl.Diff)
{
    public const string Diff = "diff";
    public const string Yaml = "yaml";
    public const string DefaultFrom = "now-7d";

    /// <summary>What is shown of a version, and what people call it.</summary>
    public static IReadOnlyList<(string View, string Text)> Views { get; } = [(Diff, "Difference"), (Yaml, "YAML")];

    /// <summary>What decides on the versions, as the Store wants it.</summary>
    public string Versions => $"{Address.Path}?from={Uri.EscapeDataString(From)}&to={Uri.EscapeDataString(To)}{(Cluster.Length > 0 ? $"&cluster={Uri.EscapeDataString(Cluster)}" : "")}";

    /// <summary>The history of a call's object, with that call shown.</summary>
    public static ObjectUrl? Of(CallItem call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var around = SearchUrl.Around(call.Time, "");
        return ObjectAddress.Of(call) is { } address
            ? new(address, call.Cluster, around.From, SearchUrl.DefaultTo, After: ObjectAddress.MayChange(call) ? call.Id : "")
            : null;
    }

    public override string ToString()
    {
        var url = new StringBuilder($"/objects/{Versions}");
        Add("a", Before);
        Add("b", After);
        Add("view", View == Diff ? "" : View);
        return url.ToString();

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                url.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }
}
