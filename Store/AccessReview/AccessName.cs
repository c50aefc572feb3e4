namespace KubeLens.Store.AccessReview;

/// <summary>What is kept of what a call is about: the name of an object or, without one, the path, which begins with a slash. A name that does is told apart by what it is kept with.</summary>
internal static class AccessName
{
    private const char Slash = '/';
    private const string Escape = "\\";

    /// <summary>The same of a row of <c>call</c>.</summary>
    public const string Sql = $"case when name = '' then path when left(name, 1) = '/' then '{Escape}' || name else name end";

    public static string Of(string name, string path) => name.Length == 0 ? path : name[0] == Slash ? Escape + name : name;

    public static bool IsPath(string kept) => kept.Length == 0 || kept[0] == Slash;

    /// <summary>The name; empty for a path.</summary>
    public static string NameOf(string kept) => IsPath(kept) ? "" : kept.StartsWith(Escape + Slash, StringComparison.Ordinal) ? kept[1..] : kept;
}
