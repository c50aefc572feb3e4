using System.Globalization;

namespace KubeLens.Store.Objects;

/// <summary>The order of resource versions of one object. They are numbers wherever Kubernetes made them; others cannot be ordered.</summary>
internal static class ResourceVersions
{
    /// <summary>Negative when <paramref name="a"/> is older, null when nobody can say.</summary>
    public static int? Compare(string a, string b) =>
        a == b ? 0
        : ulong.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && ulong.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var second) ? first.CompareTo(second)
        : null;
}
