using System.Globalization;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>Who read what.</summary>
internal sealed class AccessRecordScript
{
    public const string Robot = "API token 3 (nightly report)";

    /// <summary>Newest first.</summary>
    public List<AccessRecordItem> Items { get; } = [];

    public int OnAPage { get; set; } = 100;

    /// <summary>Answers in place of a page.</summary>
    public Func<IResult?> OnList { get; set; } = () => null;

    public static AccessRecordItem Item(long id, string action = AccessActions.Bodies, string who = "alice (session 1f2e3d4c)", string call = "", string subject = "", string format = "", long? calls = null, string outcome = "")
    {
        var now = TimeProvider.System.GetUtcNow();
        var hasRange = action is AccessActions.Export or AccessActions.Search or AccessActions.History;
        return new()
        {
            Id = id,
            Time = now.AddMinutes(-id),
            Who = who,
            Role = "auditor",
            Action = action,
            CallId = call,
            Subject = subject,
            Format = format,
            From = hasRange ? now.AddHours(-2) : null,
            To = hasRange ? now : null,
            Calls = calls,
            Outcome = outcome,
        };
    }

    public static IReadOnlyList<AccessRecordItem> OneOfEach(string call) =>
    [
        Item(1, call: call),
        Item(2, AccessActions.Export, Robot, subject: "resource:secrets", format: "ndjson", calls: 1_204, outcome: "whole"),
        Item(3, AccessActions.Export, Robot, subject: "", format: "csv"),
        Item(4, AccessActions.Search, subject: "body:\"out of memory\""),
        Item(5, AccessActions.History, subject: "prod deployments.apps shop/web"),
        Item(6, AccessActions.Change, call: call),
        Item(7, AccessActions.Recording, call: call),
        Item(8, AccessActions.Object, "bob (session 5e4d3c2b)", call: call),
    ];

    public static void Map(WebApplication app, Func<HttpRequest, AccessRecordScript?> scriptOf) => app.MapGet("/api/v1/access-records", (HttpRequest request, string? from, string? who, string? call, int? cursor) =>
        scriptOf(request) is not { } script ? Results.Unauthorized()
        : script.OnList() is { } scripted ? scripted
        : from == "sometimes" ? Results.Json(new QueryProblem("about:blank", "from: that is no time.", 400, [new QueryMessage("Q152", "from", 0, 9, "That is no time.", "")]), statusCode: 400)
        : script.Page(who, call, cursor ?? 0));

    private IResult Page(string? who, string? call, int skip)
    {
        var found = Items.Where(item => (who is null || item.Who == who) && (call is null || item.CallId == call)).ToList();
        var page = found.Skip(skip).Take(OnAPage).ToList();
        return Results.Ok(new AccessRecordPage(page, skip + page.Count < found.Count ? (skip + page.Count).ToString(CultureInfo.InvariantCulture) : null));
    }
}
