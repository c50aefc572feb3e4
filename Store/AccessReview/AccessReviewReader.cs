using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Store.AccessReview.Rbac;
using KubeLens.Store.Database;

namespace KubeLens.Store.AccessReview;

/// <summary>Reads what a user did use, and makes the RBAC of it.</summary>
internal sealed class AccessReviewReader(AccessUsesReader reader, DimReader dims)
{
    public async Task<AccessReviewResult> ReadAsync(AccessReviewRequest request, CancellationToken cancellationToken)
    {
        var found = await reader.ReadAsync(request.Subject, request.From, request.To, cancellationToken);
        var ids = found.Counts.Keys.SelectMany(key => (int[])[key.ClusterId, key.UserId, key.AsId, key.ResourceId, key.VerbId, key.NamespaceId]).Where(id => id != 0);
        var texts = await dims.ReadAsync(ids.ToHashSet(), cancellationToken);
        var rights = new AccessRights(request, texts);
        foreach (var (key, count) in found.Counts)
        {
            rights.Add(key, count, found.Users.Contains(key.UserId), found.As.Contains(key.AsId));
        }

        var uses = rights.Uses();
        var granted = uses.Where(use => use.IsGranted).ToList();
        var roles = RbacGenerator.Generate(granted, request.Choice);
        var days = request.To.DayNumber - request.From.DayNumber + 1;
        var notes = AccessNotes.Of(request, rights, uses);
        string[] about =
        [
            string.Create(CultureInfo.InvariantCulture, $"What {RbacYaml.Quote(request.Subject)} did use from {request.From:yyyy-MM-dd} to {request.To:yyyy-MM-dd} (UTC), on {rights.DaysSeen} of {days} days."),
            .. notes,
        ];
        return new AccessReviewResult(
            request.Subject, request.From, request.To, days, rights.DaysSeen, found.DaysLost, found.Since, rights.Clusters, uses, notes, RbacYaml.Write(roles, RbacSubject.Of(request.Subject), about));
    }
}
