namespace KubeLens.Gateway.Clusters;

/// <summary>A target below a root that names what it is for: <c>/clusters/prod/api?x=1</c>.</summary>
/// <param name="Name">As it stands there.</param>
/// <param name="Target">What is left: <c>/api?x=1</c>, at least a slash.</param>
/// <param name="Prefix">What was taken off: <c>/clusters/prod</c>.</param>
internal readonly record struct NamedPath(string Name, string Target, string Prefix)
{
    /// <param name="root">With a slash at its end.</param>
    /// <returns>Null for a target that is not below it.</returns>
    public static NamedPath? Below(string root, string target)
    {
        if (!target.StartsWith(root, StringComparison.Ordinal))
        {
            return null;
        }

        var end = target.AsSpan(root.Length).IndexOfAny('/', '?');
        var prefix = end < 0 ? target : target[..(root.Length + end)];
        var rest = target[prefix.Length..];
        return new NamedPath(prefix[root.Length..], rest is ['/', ..] ? rest : $"/{rest}", prefix);
    }
}
