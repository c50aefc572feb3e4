namespace KubeLens.Store.Database;

/// <summary>The tables that a stored call may lie in before it is sealed.</summary>
internal static class CallTables
{
    public const string Call = "call", Overflow = "call_overflow";

    public static readonly IReadOnlyList<string> All = [Call, Overflow];
}
