using System.Security.Claims;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Records;

namespace KubeLens.Store.Search.Content;

/// <summary>Who may ask what bodies hold, and the record that somebody did: what a search finds tells of them as reading them does.</summary>
internal sealed class ContentAccess(AccessRecordTable records)
{
    public const string Code = "Q221";

    /// <summary>The request, or null and an error where it asks for more than its sender may see.</summary>
    /// <param name="user">Who sends it.</param>
    /// <param name="request">Null where it has errors already.</param>
    /// <param name="query">Of the request.</param>
    /// <param name="q">The query as sent.</param>
    /// <param name="errors">Of the request.</param>
    public static T? Allow<T>(ClaimsPrincipal user, T? request, Func<T, QueryNode> query, string? q, ref IReadOnlyList<QueryMessage> errors)
        where T : class
    {
        if (request is null || user.SeesBodies() || !QueryBodies.AreAsked(query(request)))
        {
            return request;
        }

        errors = [new QueryMessage(Code, "q", 0, Math.Max(q?.Length ?? 0, 1), "body and changed tell what was sent and answered, which your role does not see: ask an auditor, or leave them out.", "")];
        return null;
    }

    /// <summary>Returns once it is recorded; at once where bodies were not asked about. To be called before the answer is given.</summary>
    /// <param name="user">Who asked.</param>
    /// <param name="query">What.</param>
    /// <param name="q">The query as sent.</param>
    /// <param name="range">Of the search: the same on all of its pages, which are one record. Null for what has no end.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task RecordAsync(ClaimsPrincipal user, QueryNode query, string? q, TimeRange? range, CancellationToken cancellationToken) =>
        QueryBodies.AreAsked(query) ? records.AddOnceAsync(user, new AccessRead(AccessActions.Search, Subject: q ?? "", Range: range), cancellationToken) : Task.CompletedTask;

    /// <summary>The same, with what the request finds: recorded before it is answered.</summary>
    /// <param name="user">Who asked.</param>
    /// <param name="q">The query as sent.</param>
    /// <param name="find">Finds it.</param>
    public Func<TRequest, CancellationToken, Task<TFound>> Recorded<TRequest, TFound>(ClaimsPrincipal user, string? q, Func<TRequest, CancellationToken, Task<TFound>> find)
        where TRequest : IRangeRequest => async (wanted, cancellation) =>
        {
            var found = await find(wanted, cancellation);
            await RecordAsync(user, wanted.Query, q, wanted.Range, cancellation);
            return found;
        };
}
