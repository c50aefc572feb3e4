using System.Globalization;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;

namespace KubeLens.Store.Search;

/// <summary>Why a query is not answered, as a <see cref="QueryProblem"/>.</summary>
internal static class SearchProblem
{
    public const string ContentType = "application/problem+json";

    /// <param name="errors">At least one.</param>
    public static IResult BadRequest(IReadOnlyList<QueryMessage> errors) => Of(StatusCodes.Status400BadRequest, errors[0].Text, errors);

    public static IResult NotReady() => Unavailable(TryLater.NotReady);

    public static IResult Unavailable() => Unavailable(TryLater.Away);

    /// <summary>What may be otherwise in a moment: the answer says when to come again.</summary>
    public static IResult Unavailable(string title) => new TryLater(Of(StatusCodes.Status503ServiceUnavailable, title, []));

    /// <summary>The database took longer than it may.</summary>
    public static IResult Stopped(string q, int seconds)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"The search was stopped after {seconds} s. Narrow the time range, or add a field such as user, ns or resource.");
        return Of(StatusCodes.Status503ServiceUnavailable, text, [new QueryMessage("Q230", "q", 0, Math.Max(q.Length, 1), text, "")]);
    }

    /// <summary>There were more bodies to look into than there was time for.</summary>
    public static IResult TooManyBodies(string q)
    {
        const string Text = "There are too many bodies to look into for this. Narrow the time range, or add a field such as ns, resource or user.";
        return BadRequest([new QueryMessage("Q220", "q", 0, Math.Max(q.Length, 1), Text, "")]);
    }

    private static IResult Of(int status, string title, IReadOnlyList<QueryMessage> messages) =>
        Results.Json(new QueryProblem("about:blank", title, status, messages), contentType: ContentType, statusCode: status);
}
