namespace KubeLens.Gateway.Identity.Acting;

/// <summary>Whom a caller asks to act as, out of its <c>Impersonate-*</c> headers.</summary>
internal sealed record AskedIdentity(string User, string Uid, IReadOnlyList<string> Groups, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Extra)
{
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <returns>Whom, or what is wrong with it as a sentence.</returns>
    public static (AskedIdentity? Asked, string Problem) Read(IHeaderDictionary headers)
    {
        var extra = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach (var (name, values) in headers)
        {
            if (!name.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            // As the apiserver reads it: in lower case, percent-decoded.
            var key = Uri.UnescapeDataString(name[ExtraPrefix.Length..].ToLowerInvariant());
            if (OriginalUser.IsReserved(key))
            {
                return (null, $"{name} is the gateway's own to say");
            }

            extra.Add(new(key, [.. values.Select(value => value ?? "")]));
        }

        var asked = new AskedIdentity(headers["Impersonate-User"].ToString(), headers["Impersonate-Uid"].ToString(), [.. headers["Impersonate-Group"].Select(group => group ?? "").Where(group => group.Length > 0)], extra);
        return asked.User.Length == 0 ? (null, "impersonation without a user: Impersonate-User is missing")
            : asked.All().All(HeaderText.IsExact) ? (asked, "")
            : (null, "an Impersonate-* header has control characters or spaces at its ends");
    }

    /// <summary>Each thing that the caller needs the right to impersonate, as the apiserver's own filter asks for it.</summary>
    public IEnumerable<ResourceAttributes> Rights()
    {
        const string Authentication = "authentication.k8s.io";
        yield return User.Split(':') is ["system", "serviceaccount", { Length: > 0 } ns, { Length: > 0 } name]
            ? new ResourceAttributes("", "serviceaccounts", "", ns, name)
            : new ResourceAttributes("", "users", "", "", User);
        foreach (var group in Groups)
        {
            yield return new ResourceAttributes("", "groups", "", "", group);
        }

        if (Uid.Length > 0)
        {
            yield return new ResourceAttributes(Authentication, "uids", "", "", Uid);
        }

        foreach (var (key, values) in Extra)
        {
            foreach (var value in values)
            {
                yield return new ResourceAttributes(Authentication, "userextras", key, "", value);
            }
        }
    }

    private IEnumerable<string> All() => Groups.Append(User).Append(Uid).Concat(Extra.SelectMany(one => one.Value));
}
