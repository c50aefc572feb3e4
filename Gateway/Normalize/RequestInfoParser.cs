namespace KubeLens.Gateway.Normalize;

/// <summary>Reads a method and a request target as the apiserver does. Runs on the hot path.</summary>
internal static class RequestInfoParser
{
    private const int StackParts = 32;

    /// <param name="method">As sent; methods are case-sensitive.</param>
    /// <param name="rawTarget">The request target as on the wire: <c>/api/v1/pods?watch=1</c>. Never throws, whatever it is.</param>
    public static RequestInfo Parse(string method, string rawTarget)
    {
        PathText.Split(rawTarget, out var rawPath, out var query);
        var path = Decode(rawTarget, rawPath);
        var trimmed = path.AsSpan().Trim('/');
        var count = trimmed.IsEmpty ? 0 : trimmed.Count('/') + 1;
        if (count < 3 || !(trimmed.StartsWith("api/") || trimmed.StartsWith("apis/")))
        {
            return NonResource(method, path, "");
        }

        var parts = count <= StackParts ? stackalloc Range[count] : new Range[count];
        trimmed.Split(parts, '/');
        var prefix = KnownWords.Intern(trimmed[parts[0]]);
        parts = parts[1..];
        var group = "";
        if (prefix == "apis")
        {
            if (parts.Length < 3)
            {
                return NonResource(method, path, prefix);
            }

            group = KnownWords.Intern(trimmed[parts[0]]);
            parts = parts[1..];
        }

        var version = KnownWords.Intern(trimmed[parts[0]]);
        parts = parts[1..];
        var viaPrefix = trimmed[parts[0]] is "proxy" or "watch";
        if (viaPrefix && parts.Length < 2)
        {
            // The apiserver answers with an error; what it knew by then stays.
            return new RequestInfo { IsResourceRequest = true, Verb = ApiVerbs.OfNonResource(method), ApiPrefix = prefix, ApiGroup = group, ApiVersion = version, Path = path };
        }

        var verb = viaPrefix ? KnownWords.Intern(trimmed[parts[0]]) : ApiVerbs.OfMethod(method);
        parts = viaPrefix ? parts[1..] : parts;
        return Resource(method, path, query, new Head(prefix, group, version, verb, viaPrefix), trimmed, parts);
    }

    private static RequestInfo Resource(string method, string path, ReadOnlySpan<char> query, Head head, ReadOnlySpan<char> text, Span<Range> parts)
    {
        var verb = head.Verb;
        var scope = "";
        if (parts.Length >= 2 && text[parts[0]] is "namespaces")
        {
            scope = KnownWords.Intern(text[parts[1]]);
            parts = parts.Length >= 3 && text[parts[2]] is not ("status" or "finalize") ? parts[2..] : parts;
        }

        var words = new string[parts.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = KnownWords.Intern(text[parts[i]]);
        }

        var name = words.Length >= 2 ? words[1] : "";
        var subresource = words.Length >= 3 && verb != "proxy" ? words[2] : "";
        var options = query.IsEmpty ? default : ListOptions.Read(query);
        if (name.Length == 0 && verb == "get")
        {
            verb = options.Watch ? "watch" : "list";
            name = options.Invalid || query.IsEmpty ? "" : FieldSelectorName.Of(options.FieldSelector);
        }
        else if (name.Length == 0 && verb == "delete")
        {
            verb = "deletecollection";
        }

        var selects = !head.ViaPrefix && !query.IsEmpty && verb is "list" or "watch" or "deletecollection";
        var kubelet = words[0] == "nodes" && (verb == "proxy" || subresource == "proxy") && head.Group.Length == 0;
        return new RequestInfo
        {
            IsResourceRequest = true,
            Path = path,
            Verb = verb,
            ApiPrefix = head.Prefix,
            ApiGroup = head.Group,
            ApiVersion = head.Version,
            Namespace = scope,
            Resource = words[0],
            Subresource = subresource,
            Name = name,
            FieldSelector = selects ? options.FieldSelector : "",
            LabelSelector = selects ? options.LabelSelector : "",
            Parts = words,
            IsLongRunning = verb is "watch" or "proxy" || subresource is "exec" or "attach" or "portforward" or "proxy" || (subresource == "log" && options.Follow),
            Node = kubelet ? NodeAddress.Name(name) : "",
            Kubelet = kubelet && NodeAddress.IsKubelet(name) ? KubeletPaths.Resolve(method, string.Concat("/", string.Join('/', words.Skip(verb == "proxy" ? 2 : 3)))) : null,
        };
    }

    private static RequestInfo NonResource(string method, string path, string prefix) => new()
    {
        Verb = ApiVerbs.OfNonResource(method),
        ApiPrefix = prefix,
        Path = path,
        IsLongRunning = path.StartsWith("/debug/pprof/", StringComparison.Ordinal),
    };

    private static string Decode(string target, ReadOnlySpan<char> rawPath)
    {
        if (rawPath.Contains('%') && PathText.TryDecode(rawPath, plusIsSpace: false, out var decoded))
        {
            return decoded;
        }

        return rawPath.Length == target.Length ? target : rawPath.ToString();
    }

    private readonly record struct Head(string Prefix, string Group, string Version, string Verb, bool ViaPrefix);
}
