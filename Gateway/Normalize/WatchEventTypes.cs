using System.Text;

namespace KubeLens.Gateway.Normalize;

/// <summary>How a <c>WatchEvent</c> names its type.</summary>
internal static class WatchEventTypes
{
    // In the order of WatchEventType; one text for all events of a type.
    private static readonly string[] Names = ["ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"];
    private static readonly byte[][] Utf8Names = Array.ConvertAll(Names, Encoding.UTF8.GetBytes);

    /// <summary>Of the types, <see cref="WatchEventType.Unknown"/> included.</summary>
    public static int Count => Names.Length + 1;

    public static WatchEventType Of(string name) => Array.IndexOf(Names, name) is >= 0 and var at ? (WatchEventType)at : WatchEventType.Unknown;

    /// <param name="type">Not <see cref="WatchEventType.Unknown"/>.</param>
    public static string NameOf(WatchEventType type) => Names[(int)type];

    /// <summary>Whether Kubernetes has a type of that name.</summary>
    public static bool IsName(ReadOnlySpan<byte> text)
    {
        foreach (var name in Utf8Names)
        {
            if (text.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
