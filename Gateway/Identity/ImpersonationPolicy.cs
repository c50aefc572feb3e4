using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// What a caller may say about whom it acts as. In credential mode the caller is the kubeconfig's owner, so
/// <c>kubectl --as</c> goes on as it came and the apiserver authorizes it; where the kubeconfig itself has <c>as</c>
/// fields it is refused, since an apiserver knows one level only. <c>X-Remote-*</c>, which an apiserver believes from an
/// authenticating proxy, never passes.
/// </summary>
/// <param name="kubeconfigImpersonates">Whether the kubeconfig has <c>as</c> fields.</param>
internal sealed class ImpersonationPolicy(bool kubeconfigImpersonates)
{
    private const string Impersonate = "Impersonate-";
    private const string ImpersonateUser = "Impersonate-User";
    private const string Remote = "X-Remote-";

    public ImpersonationDecision Decide(IHeaderDictionary headers)
    {
        // A proxy on the way drops headers named in Connection: the call would go on as the kubeconfig's owner, not as
        // the user it names (CVE-2021-31999). Nobody has a good reason to name these.
        if (!StringValues.IsNullOrEmpty(headers.Connection) && NamesIdentity(headers.Connection) is { } named)
        {
            return ImpersonationDecision.Refuse($"the Connection header names {named}, which it may not");
        }

        List<string>? strip = null;
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith(Remote, StringComparison.OrdinalIgnoreCase))
            {
                (strip ??= []).Add(name);
            }
            else if (name.StartsWith(Impersonate, StringComparison.OrdinalIgnoreCase))
            {
                if (kubeconfigImpersonates)
                {
                    return ImpersonationDecision.Refuse("the gateway's kubeconfig already acts as another user (its as field), and impersonation cannot be nested: call without --as, --as-group and --as-uid");
                }

                // An apiserver takes the first; the record must not say another.
                if (values.Count > 1 && name.Equals(ImpersonateUser, StringComparison.OrdinalIgnoreCase))
                {
                    return ImpersonationDecision.Refuse("more than one Impersonate-User was sent");
                }
            }
        }

        return strip is null ? ImpersonationDecision.Allow : new ImpersonationDecision(null, strip);
    }

    private static string? NamesIdentity(StringValues connection)
    {
        foreach (var line in connection)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var option = line.AsSpan(part).Trim();
                if (option.StartsWith(Impersonate, StringComparison.OrdinalIgnoreCase) || option.StartsWith(Remote, StringComparison.OrdinalIgnoreCase))
                {
                    return option.ToString();
                }
            }
        }

        return null;
    }
}
