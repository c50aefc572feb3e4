using KubeLens.Contracts.Search;
using KubeLens.Store.AccessReview.Rbac;

namespace KubeLens.Store.AccessReview;

/// <summary>What whoever grants the RBAC should know, in sentences that are safe in a comment: nothing that a caller chose is in them unquoted.</summary>
internal static class AccessNotes
{
    public static IReadOnlyList<string> Of(AccessReviewRequest request, AccessRights rights, IReadOnlyList<AccessUse> uses) => [.. All(request, rights, uses)];

    private static IEnumerable<string> All(AccessReviewRequest request, AccessRights rights, IReadOnlyList<AccessUse> uses)
    {
        var granted = uses.Where(use => use.IsGranted).ToList();
        if (rights.Clusters.Count > 1)
        {
            yield return $"These are calls on {rights.Clusters.Count} clusters together: {string.Join(", ", rights.Clusters.Select(RbacYaml.Quote))}. Choose one to have only what is needed there.";
        }

        if (request.Choice.Level == RbacLevel.Names)
        {
            if (granted.Exists(use => use.Resource.Length > 0 && !RbacGenerator.TakesNames(use.Verb)))
            {
                yield return "create, list, watch and deletecollection are not limited to names: the apiserver knows none when it authorizes them.";
            }

            foreach (var use in granted.Where(use => use.Resource.Length > 0 && use.HasMoreNames && RbacGenerator.TakesNames(use.Verb)))
            {
                yield return $"{Verbs(use)} is not limited to names: there were more than are kept.";
            }
        }

        foreach (var use in granted.Where(use => use.Resource.Length == 0 && use.HasMoreNames))
        {
            yield return $"There were more paths for {RbacYaml.Quote(use.Verb)} than are kept: some are missing.";
        }

        if (rights.HasMade)
        {
            yield return "create is there also for what an update or patch made: the apiserver asks for both.";
        }

        if (rights.HasStreamed)
        {
            yield return "create is there also for exec, attach and portforward by WebSocket (GET): newer apiservers ask for both.";
        }

        if (rights.HasImpersonated)
        {
            yield return "impersonate is for users and service accounts; groups, uids and extra fields that were asked for are not recorded for this, and are missing.";
        }

        if (uses.Any(use => use.Verb is "create" or "update" or "patch" && use.ApiGroup == "rbac.authorization.k8s.io" && use.IsGranted))
        {
            yield return "Whoever writes roles or bindings may grant no more than they hold, unless they have escalate or bind, which no call shows.";
        }

        if (!request.WithDenied && uses.Count - granted.Count is > 0 and var left)
        {
            yield return left == 1 ? "One right that was asked for was never seen to be allowed, and is left out." : $"{left} rights that were asked for were never seen to be allowed, and are left out.";
        }
    }

    private static string Verbs(AccessUse use) => RbacYaml.Quote(FormattableString.Invariant($"{use.Verb} {use.Resource}{(use.Subresource.Length > 0 ? "/" : "")}{use.Subresource}{(use.Namespace.Length > 0 ? " in " : "")}{use.Namespace}"));
}
