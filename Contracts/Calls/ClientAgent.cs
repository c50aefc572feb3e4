namespace KubeLens.Contracts.Calls;

/// <summary>A user agent taken apart. Clients write what they like: what is not there is empty.</summary>
/// <param name="Name">Up to the first slash or space: <c>kubectl</c>.</param>
/// <param name="Version">After that slash: <c>v1.32.0</c>.</param>
/// <param name="Platform">The first parenthesis: <c>linux/amd64</c>.</param>
/// <param name="Component">The part of the program, as client-go programs add it: <c>leader-election</c>.</param>
public sealed record ClientAgent(string Name, string Version, string Platform, string Component)
{
    /// <summary>Of each part; what is longer is cut.</summary>
    public const int MaxLength = 256;

    private const string Build = "kubernetes/";

    /// <summary>
    /// Never throws.
    /// <code>kube-controller-manager/v1.20.2 (linux/amd64) kubernetes/faecb19/leader-election</code>
    /// </summary>
    public static ClientAgent Read(string userAgent)
    {
        var text = userAgent.AsSpan();
        var end = text.IndexOfAny('/', ' ');
        var name = end < 0 ? text : text[..end];
        ReadOnlySpan<char> version = default;
        if (end >= 0 && text[end] == '/')
        {
            version = text[(end + 1)..];
            var stop = version.IndexOfAny('/', ' ');
            version = stop < 0 ? version : version[..stop];
        }

        return new ClientAgent(Cut(name), Cut(version), Cut(Parenthesis(text)), Cut(ComponentOf(text)));
    }

    private static ReadOnlySpan<char> Parenthesis(ReadOnlySpan<char> text)
    {
        var open = text.IndexOf('(');
        if (open < 0)
        {
            return default;
        }

        var inner = text[(open + 1)..];
        var close = inner.IndexOf(')');
        return close < 0 ? default : inner[..close];
    }

    // kubernetes/faecb19/leader-election, kubernetes/$Format/system:serviceaccount:kube-system:namespace-controller
    private static ReadOnlySpan<char> ComponentOf(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf(") " + Build, StringComparison.Ordinal);
        if (at < 0)
        {
            return default;
        }

        var commit = text[(at + 2 + Build.Length)..];
        var slash = commit.IndexOf('/');
        return slash < 0 ? default : commit[(slash + 1)..];
    }

    private static string Cut(ReadOnlySpan<char> part) => part.Length <= MaxLength ? part.ToString() : part[..MaxLength].ToString();
}
