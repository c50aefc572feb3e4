using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity.Acting;

/// <summary>What becomes of <c>Impersonate-*</c> that a client sends.</summary>
internal enum ImpersonationRule
{
    /// <summary>It goes on: the apiserver sees a user of its own and authorizes it.</summary>
    Pass,

    /// <summary>The kubeconfig has <c>as</c> fields already.</summary>
    RefuseBecauseOfKubeconfig,

    /// <summary>The gateway acts as the caller already.</summary>
    RefuseBecauseOfMode,

    /// <summary>As before, but the cluster is asked on the caller's behalf.</summary>
    Ask,
}

internal static class ImpersonationRules
{
    public static ImpersonationRule Of(IdentityMode mode, NestedImpersonation nested, KubeconfigContext context) => mode switch
    {
        IdentityMode.Impersonate => nested == NestedImpersonation.Check ? ImpersonationRule.Ask : ImpersonationRule.RefuseBecauseOfMode,
        IdentityMode.Credential when context.User.Impersonation is not null => ImpersonationRule.RefuseBecauseOfKubeconfig,
        _ => ImpersonationRule.Pass,
    };
}
