using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>The Store's documented API on a real port, from calls in memory. Login codes work once; each has its own script.</summary>
internal sealed class ScriptedStore : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StoreScript> _codes = new();
    private readonly ConcurrentDictionary<string, StoreScript> _tokens = new();
    private readonly WebApplication _app;

    private ScriptedStore()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/api/v1/sessions", Redeem);
        _app.MapGet("/api/v1/calls", SearchAsync);
        _app.MapGet("/api/v1/calls/{id}", Read);
        _app.MapGet("/api/v1/commands", CommandsAsync);
        _app.MapGet("/api/v1/access-review", async (HttpRequest request) => ScriptOf(request) is { } script ? await script.OnAccess(request.Query) ?? Results.Ok(AccessScript.Review(request.Query, TimeProvider.System.GetUtcNow())) : Results.Unauthorized());
        _app.MapGet("/api/v1/status", (HttpRequest request) => ScriptOf(request) is { } script ? script.OnStatus() : Results.Unauthorized());
        _app.MapGet("/api/v1/calls/{id}/recording", (HttpRequest request) => ScriptOf(request) is { } script ? script.OnRecording() : Results.Unauthorized());
        _app.MapGet("/api/v1/export", ExportAsync);
        _app.MapGet("/api/v1/live", LiveAsync);
        _app.MapGet("/api/v1/histogram", HistogramAsync);
        _app.MapGet("/api/v1/facets", FacetsAsync);
        SavedSearchScript.Map(_app, request => ScriptOf(request)?.Saved);
        NoteScript.Map(_app, request => ScriptOf(request)?.Notes);
        HoldScript.Map(_app, request => ScriptOf(request)?.Holds);
        TokenScript.Map(_app, request => ScriptOf(request)?.Tokens);
        AccessRecordScript.Map(_app, request => ScriptOf(request)?.Records);
        ObjectScript.Map(_app, request => ScriptOf(request)?.Object);
    }

    public string Address => _app.Urls.Single();

    public static async Task<ScriptedStore> StartAsync()
    {
        var store = new ScriptedStore();
        await store._app.StartAsync();
        return store;
    }

    public string NewLogin(StoreScript script)
    {
        var code = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _codes[code] = script;
        return code;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Redeem(LoginCode login)
    {
        if (!_codes.TryRemove(login.Code, out var script))
        {
            return Results.Unauthorized();
        }

        var token = RandomNumberGenerator.GetHexString(32);
        _tokens[token] = script;
        return Results.Ok(new { token, user = SavedSearchScript.User, role = script.Role, expiresAt = TimeProvider.System.GetUtcNow().AddHours(12) });
    }

    private async Task<IResult> SearchAsync(HttpRequest request, string? q, string? from, string? to, int? limit, string? cursor)
    {
        if (ScriptOf(request) is not { } script)
        {
            return Results.Unauthorized();
        }

        script.Searches++;
        if (await script.OnSearch(q ?? "") is { } scripted)
        {
            return scripted;
        }

        var parse = QueryParser.Parse(q ?? "");
        if (parse.HasErrors)
        {
            return Results.Json(new QueryProblem("about:blank", "The query cannot be run.", 400, parse.Messages), statusCode: 400);
        }

        var skip = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var found = Find(script, parse.Root, from, to);
        var page = found.Skip(skip).Take(limit ?? 100).ToList();
        var next = skip + page.Count < found.Count ? (skip + page.Count).ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new CallPage([.. page.Select(Row)], next));
    }

    private async Task<IResult> CommandsAsync(HttpRequest request, string? q, string? from, string? to, int? cursor)
    {
        if (ScriptOf(request) is not { } script)
        {
            return Results.Unauthorized();
        }

        if (await script.OnCommands(q ?? "") is { } scripted)
        {
            return scripted;
        }

        var runs = CommandScript.Of(script.Calls, Find(script, QueryParser.Parse(q ?? "").Root, from, to));
        var page = runs.Skip(cursor ?? 0).Take(script.CommandsOnAPage).ToList();
        var next = (cursor ?? 0) + page.Count < runs.Count ? string.Create(CultureInfo.InvariantCulture, $"{(cursor ?? 0) + page.Count}") : null;
        return Results.Ok(new CommandPage(TimeOf(from ?? "now-1h"), TimeOf(to ?? "now"), page, next));
    }

    private async Task<IResult> HistogramAsync(HttpRequest request, string? q, string? from, string? to, int? buckets)
    {
        if (ScriptOf(request) is not { } script)
        {
            return Results.Unauthorized();
        }

        if (await script.OnHistogram(q ?? "") is { } scripted)
        {
            return scripted;
        }

        var (start, end) = (TimeOf(from ?? "now-1h"), TimeOf(to ?? "now"));
        return Results.Ok(ScriptedCounts.Histogram(Find(script, QueryParser.Parse(q ?? "").Root, from, to), start, end, buckets ?? 60));
    }

    private async Task<IResult> FacetsAsync(HttpRequest request, string? q, string? from, string? to, string fields)
    {
        if (ScriptOf(request) is not { } script)
        {
            return Results.Unauthorized();
        }

        if (await script.OnFacets(q ?? "") is { } scripted)
        {
            return scripted;
        }

        var query = QueryParser.Parse(q ?? "").Root ?? AllNode.Instance;
        return Results.Ok(new CallFacets([.. fields.Split(',').Select(field => ScriptedCounts.Facet(Find(script, QueryFacet.Of(query, field).Rest, from, to), field, TimeOf(from ?? "now-1h")))]));
    }

    private async Task ExportAsync(HttpContext context, string? q, string? from, string? to)
    {
        if (ScriptOf(context.Request) is not { } script)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (script.OnExport is { } scripted)
        {
            await scripted(context);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.ContentDisposition = "attachment; filename=calls.ndjson";
        foreach (var call in Find(script, QueryParser.Parse(q ?? "").Root, from, to))
        {
            await context.Response.WriteAsync(JsonSerializer.Serialize(call, JsonSerializerOptions.Web) + "\n", context.RequestAborted);
        }
    }

    private Task LiveAsync(HttpContext context)
    {
        if (ScriptOf(context.Request) is { } script)
        {
            return (script.OnLive ?? script.Live.AnswerAsync)(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static List<CallDetails> Find(StoreScript script, QueryNode? query, string? from, string? to)
    {
        var start = TimeOf(from ?? "now-1h");
        var end = TimeOf(to ?? "now");
        lock (script.Calls)
        {
            return [.. script.Calls.Where(call => call.Time >= start && call.Time <= end && query is not null && Matches(query, call))];
        }
    }

    private IResult Read(HttpRequest request, string id)
    {
        if (ScriptOf(request) is not { } script)
        {
            return Results.Unauthorized();
        }

        lock (script.Calls)
        {
            return script.Calls.Find(call => call.Id == id) is { } call ? Results.Ok(call) : Results.NotFound();
        }
    }

    private StoreScript? ScriptOf(HttpRequest request)
        => request.Headers.Authorization.ToString() is { } bearer && bearer.StartsWith("Bearer ", StringComparison.Ordinal)
            && _tokens.TryGetValue(bearer["Bearer ".Length..], out var script) && !script.SessionOver ? script : null;

    // Enough of the language for these tests; the Store's own tests hold the rest.
    private static bool Matches(QueryNode node, CallDetails call) => node switch
    {
        AllNode => true,
        AndNode and => and.Items.All(item => Matches(item, call)),
        OrNode or => or.Items.Any(item => Matches(item, call)),
        NotNode not => !Matches(not.Item, call),
        TextNode text => $"{call.User} {call.Name} {call.Namespace} {call.Path} {call.UserAgent}".Contains(text.Value.Text, StringComparison.OrdinalIgnoreCase),
        FieldNode field => field.Values.Any(value => value.Text == field.Field switch
        {
            "user" => call.User,
            "verb" => call.Verb,
            "ns" => call.Namespace,
            "name" => call.Name,
            "session" => call.Program.Session,
            "resource" => value.Text.Contains('.', StringComparison.Ordinal) ? $"{call.Resource}.{(call.ApiGroup.Length > 0 ? call.ApiGroup : "core")}{(call.Subresource.Length > 0 ? "/" : "")}{call.Subresource}" : call.Resource,
            "decision" => call.Audit?.Decision ?? "",
            "is" => ScriptedFlags.Is(call, value.Text) ? value.Text : "",
            "kind" => ScriptedCounts.ValueOf(call, "kind"),
            "class" => VerbClasses.Of(call.Verb, call.Subresource).ToString().ToLowerInvariant(),
            "tls" => value.HasWildcards ? value.Text : call.Connection.Client.TlsVersion,
            "status" when value.Text.EndsWith("xx", StringComparison.Ordinal) => call.Status is { } answered && answered / 100 == value.Text[0] - '0' ? value.Text : "",
            "status" => call.Status?.ToString(CultureInfo.InvariantCulture) ?? "none",
            _ => throw new NotSupportedException($"No test searches by {field.Field} yet."),
        }),
        _ => false,
    };

    private static DateTimeOffset TimeOf(string text)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (!text.StartsWith("now", StringComparison.Ordinal))
        {
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        }

        if (text == "now")
        {
            return now;
        }

        var amount = int.Parse(text[4..^1], CultureInfo.InvariantCulture);
        return now - (text[^1] switch { 'm' => TimeSpan.FromMinutes(amount), 'h' => TimeSpan.FromHours(amount), _ => TimeSpan.FromDays(amount) });
    }

    // A row has no bodies or headers, as the Store's have none.
    private static CallItem Row(CallDetails call) => JsonSerializer.SerializeToElement<CallItem>(call, JsonSerializerOptions.Web).Deserialize<CallItem>(JsonSerializerOptions.Web)!;

    private sealed record LoginCode(string Code);
}
