using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Identity.Modes;

/// <summary>The conversations of an apiserver about identities, as a script for <see cref="ScriptedUpstream"/>: reviews, and an echo of what else comes.</summary>
internal sealed class ScriptedApiServer
{
    /// <summary>TokenReview's <c>status.user</c> by token, JSON.</summary>
    public ConcurrentDictionary<string, string> Users { get; } = new();

    /// <summary>Every token that a review was asked of, in order.</summary>
    public ConcurrentQueue<string> Reviewed { get; } = new();

    /// <summary>Every SubjectAccessReview's <c>spec</c>, in order.</summary>
    public ConcurrentQueue<JsonNode> Asked { get; } = new();

    /// <summary>Whether a SubjectAccessReview's <c>spec</c> is allowed.</summary>
    public Func<JsonNode, bool> May { get; set; } = _ => false;

    /// <summary>Answers reviews with this status instead, when it is not 0.</summary>
    public int ReviewsFailWith { get; set; }

    /// <summary>Each forwarded call's headers; the last one is what a test of one call looks at.</summary>
    public ConcurrentQueue<IHeaderDictionary> Calls { get; } = new();

    /// <summary>The path of every request.</summary>
    public ConcurrentQueue<string> Paths { get; } = new();

    public IHeaderDictionary Last => Calls.Last();

    public async Task AnswerAsync(HttpContext context)
    {
        Paths.Enqueue(context.Request.Path);
        switch (context.Request.Path.Value)
        {
            case "/apis/authentication.k8s.io/v1/tokenreviews":
                await ReviewAsync(context, spec =>
                {
                    var token = (string)spec["token"]!;
                    Reviewed.Enqueue(token);
                    return Users.TryGetValue(token, out var user) ? $$"""{"authenticated":true,"user":{{user}}}""" : """{"authenticated":false,"error":"[invalid bearer token]"}""";
                });
                break;
            case "/apis/authorization.k8s.io/v1/subjectaccessreviews":
                await ReviewAsync(context, spec =>
                {
                    Asked.Enqueue(spec);
                    return $$"""{"allowed":{{JsonSerializer.Serialize(May(spec))}}}""";
                });
                break;
            default:
                Calls.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase)));
                await context.Response.WriteAsync("{}");
                break;
        }
    }

    private async Task ReviewAsync(HttpContext context, Func<JsonNode, string> status)
    {
        var review = (await JsonNode.ParseAsync(context.Request.Body))!;
        context.Response.ContentType = "application/json";
        if (ReviewsFailWith != 0)
        {
            context.Response.StatusCode = ReviewsFailWith;
            await context.Response.WriteAsync("""{"kind":"Status","message":"it is not allowed"}""");
            return;
        }

        context.Response.StatusCode = 201;
        review["status"] = JsonNode.Parse(status(review["spec"]!));
        await context.Response.WriteAsync(review.ToJsonString());
    }
}
