namespace KubeLens.Portal.Search;

/// <summary>Kinds of users, as <c>kind:</c> in the query language tells them apart by their names.</summary>
internal static class UserKind
{
    /// <summary>Each with what many of them are called.</summary>
    public static IReadOnlyList<(string Kind, string Label)> All { get; } = [("human", "People"), ("sa", "Service accounts"), ("node", "Nodes"), ("system", "System")];

    public static string Of(string user)
        => user.StartsWith("system:serviceaccount:", StringComparison.Ordinal) ? "sa"
            : user.StartsWith("system:node:", StringComparison.Ordinal) ? "node"
            : user.StartsWith("system:", StringComparison.Ordinal) ? "system" : "human";

    /// <summary>What one of them is called.</summary>
    public static string LabelOf(string user) => Of(user) switch
    {
        "sa" => "service account",
        "human" => "person",
        var kind => kind,
    };
}
