using System.Globalization;
using System.Text;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.AccessReview;

/// <summary>The whole state of an access review, as its URL holds it.</summary>
/// <param name="Subject">The user; empty while nobody is chosen.</param>
/// <param name="From">Start, as in the query language.</param>
/// <param name="To">End, likewise.</param>
/// <param name="Scope">A Role for each namespace, or one ClusterRole.</param>
/// <param name="Level">How exact.</param>
/// <param name="Cluster">Only of this one, or empty.</param>
/// <param name="Denied">Allow what was denied as well.</param>
/// <param name="Wildcards">All resources of an API group.</param>
public sealed record AccessUrl(string Subject, string From, string To, string Scope, string Level, string Cluster = "", bool Denied = false, bool Wildcards = false)
{
    public const string DefaultFrom = "now-30d", ByNames = "names", ByResource = "resource", ByNamespace = "namespace", InNamespaces = "namespace", InCluster = "cluster";

    private const string True = "true";

    public static readonly IReadOnlyList<(string Value, string Text)>
        Levels = [(ByNames, "Exact names"), (ByResource, "By resource"), (ByNamespace, "By namespace")],
        Scopes = [(InNamespaces, "Namespaces"), (InCluster, "Cluster")];

    /// <summary>Parts as they came from the address bar; what is absent or unknown gets its default.</summary>
    public static AccessUrl Of(string? subject, string? from, string? to, string? scope, string? level, string? cluster, string? denied, string? wildcards)
    {
        var known = Levels.Any(one => one.Value == level) ? level! : ByNames;
        return new(subject?.Trim() ?? "", Or(from, DefaultFrom), Or(to, SearchUrl.DefaultTo), scope == InCluster ? InCluster : InNamespaces, known, cluster ?? "", denied == True, wildcards == True && known == ByNamespace);
    }

    /// <summary>Of a user, from that user's page.</summary>
    public static AccessUrl Of(string user) => Of(user, null, null, null, null, null, null, null);

    /// <summary>What the Store is asked with.</summary>
    public string Parameters => Text(isShort: false);

    /// <summary>Where the RBAC is a file.</summary>
    public string File => $"/access/rbac.yaml{Parameters}";

    /// <summary>Its time alone, for what only knows that.</summary>
    public SearchUrl Range => SearchUrl.Of("", From, To, null, null);

    /// <summary>The calls of a right, on all days of a review.</summary>
    public static SearchUrl Calls(AccessUse use, AccessReviewResult review)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(review);
        return new(use.Query, string.Create(CultureInfo.InvariantCulture, $"{review.From:yyyy-MM-dd}T00:00:00Z"), string.Create(CultureInfo.InvariantCulture, $"{review.To:yyyy-MM-dd}T23:59:59.999999Z"));
    }

    public override string ToString() => $"/access{Text(isShort: true)}";

    private string Text(bool isShort)
    {
        var text = new StringBuilder();
        Add("subject", Subject, "");
        Add("from", From, "");
        Add("to", To, "");
        Add("scope", Scope, isShort ? InNamespaces : "");
        Add("level", Level, isShort ? ByNames : "");
        Add("cluster", Cluster, "");
        Add("denied", Denied ? True : "", "");
        Add("wildcards", Wildcards ? True : "", "");
        return text.ToString();

        void Add(string name, string value, string without)
        {
            if (value != without)
            {
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }

    private static string Or(string? value, string fallback) => string.IsNullOrWhiteSpace(value) ? fallback : value.Trim();
}
