namespace KubeLens.Store.Rollups;

/// <summary>What kind of user somebody is, by the name: <c>kind:</c> of the query language. The numbers are stored: never renumber.</summary>
internal enum UserKind : short
{
    /// <summary>Without a name.</summary>
    Nobody = 0,
    Human = 1,
    Sa = 2,
    Node = 3,

    /// <summary>Another of the cluster's own.</summary>
    System = 4,
}

internal static class UserKinds
{
    public static UserKind Of(string user) =>
        user.Length == 0 ? UserKind.Nobody
        : !user.StartsWith("system:", StringComparison.Ordinal) ? UserKind.Human
        : user.StartsWith("system:serviceaccount:", StringComparison.Ordinal) ? UserKind.Sa
        : user.StartsWith("system:node:", StringComparison.Ordinal) ? UserKind.Node
        : UserKind.System;

    /// <summary>As the query language names it; empty for nobody.</summary>
    public static string Name(UserKind kind) => kind switch
    {
        UserKind.Human => "human",
        UserKind.Sa => "sa",
        UserKind.Node => "node",
        UserKind.System => "system",
        _ => "",
    };
}
