using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Identity.Acting;

/// <summary>
/// What a caller may say about whom it acts as. Where the apiserver sees a user of its own, <c>kubectl --as</c> goes on as it
/// came and the apiserver authorizes it; an apiserver knows one level only, so that where the gateway itself acts as somebody,
/// it is refused or asked about. <c>X-Remote-*</c>, which an apiserver believes from an authenticating proxy, never passes.
/// </summary>
/// <param name="stripHeaders">More names that never pass.</param>
internal sealed class ImpersonationPolicy(ImpersonationRule rule, IEnumerable<string> stripHeaders)
{
    private const string Impersonate = "Impersonate-";
    private const string ImpersonateUser = "Impersonate-User";
    private const string Remote = "X-Remote-";

    private readonly HashSet<string> _strip = new(stripHeaders, StringComparer.OrdinalIgnoreCase);

    public ImpersonationDecision Decide(IHeaderDictionary headers)
    {
        // A proxy on the way drops headers named in Connection: the call would go on as the kubeconfig's owner, not as
        // the user it names (CVE-2021-31999). Nobody has a good reason to name these.
        if (!StringValues.IsNullOrEmpty(headers.Connection) && NamesIdentity(headers.Connection) is { } named)
        {
            return ImpersonationDecision.Refuse($"the Connection header names {named}, which it may not");
        }

        List<string>? strip = null;
        var asks = false;
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith(Impersonate, StringComparison.OrdinalIgnoreCase))
            {
                if (Refusal(name, values) is { } refusal)
                {
                    return ImpersonationDecision.Refuse(refusal);
                }

                asks |= rule == ImpersonationRule.Ask;
            }

            if (rule == ImpersonationRule.Ask ? IsIdentity(name) : IsForeign(name))
            {
                (strip ??= []).Add(name);
            }
        }

        return strip is null ? ImpersonationDecision.Allow : new ImpersonationDecision(null, strip, asks);
    }

    private string? Refusal(string name, StringValues values) => rule switch
    {
        ImpersonationRule.RefuseBecauseOfKubeconfig => "the gateway's kubeconfig already acts as another user (its as field), and impersonation cannot be nested: call without --as, --as-group and --as-uid",
        ImpersonationRule.RefuseBecauseOfMode => "the gateway already acts as its caller, and may not act as somebody else for it (Identity:NestedImpersonation=refuse): call without --as, --as-group and --as-uid",
        ImpersonationRule.RefuseBecauseOfKubelet => "a kubelet knows no impersonation: call without Impersonate-* headers",
        // An apiserver takes the first; the record must not say another.
        _ when values.Count > 1 && name.Equals(ImpersonateUser, StringComparison.OrdinalIgnoreCase) => "more than one Impersonate-User was sent",
        _ => null,
    };

    private bool IsForeign(string name) => name.StartsWith(Remote, StringComparison.OrdinalIgnoreCase) || _strip.Contains(name);

    private bool IsIdentity(string name) => name.StartsWith(Impersonate, StringComparison.OrdinalIgnoreCase) || IsForeign(name);

    private string? NamesIdentity(StringValues connection)
    {
        foreach (var line in connection)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var option = line.AsSpan(part).Trim().ToString();
                if (IsIdentity(option))
                {
                    return option;
                }
            }
        }

        return null;
    }
}
