using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Identity.Acting;

/// <summary>
/// <see cref="NestedImpersonation.Check"/>: an apiserver knows one level of impersonation, which the gateway takes up. So it asks
/// the cluster what the apiserver would have asked itself: whether the caller may impersonate this user, each group, each detail.
/// If so, the gateway acts as whom the caller asked for, and who asked stays in an extra that the cluster's audit shows.
/// </summary>
internal sealed class NestedActing(AccessReviewer reviews)
{
    // One question each.
    private const int MaxRights = 64;

    public async Task<ImpersonationDecision> DecideAsync(HttpContext context, ImpersonationDecision decision, CancellationToken cancellationToken)
    {
        var caller = (Caller)context.Features.GetRequiredFeature<ICallerFeature>();
        var (asked, problem) = AskedIdentity.Read(context.Request.Headers);
        if (asked is null)
        {
            return ImpersonationDecision.Refuse(problem);
        }

        var rights = asked.Rights().ToList();
        if (rights.Count > MaxRights)
        {
            return ImpersonationDecision.Refuse($"{rights.Count} users, groups and details are more than the {MaxRights} that can be asked about");
        }

        try
        {
            foreach (var right in rights)
            {
                if (!await reviews.MayAsync(caller, "impersonate", right, cancellationToken))
                {
                    return ImpersonationDecision.Refuse($"\"{caller.Name}\" may not impersonate {right} (Identity:NestedImpersonation=check)");
                }
            }
        }
        catch (ReviewException e)
        {
            return ImpersonationDecision.Unavailable(e.Message);
        }

        context.Features.Set(new ActingAs(Effective(asked, caller)));
        return decision;
    }

    private static Caller Effective(AskedIdentity asked, Caller caller) => new()
    {
        Name = asked.User,
        Uid = asked.Uid,
        Groups = asked.Groups,
        Extra = [.. asked.Extra, new(OriginalUser.ExtraKey, [caller.Name])],
        Source = UserSources.Impersonation,
    };
}
