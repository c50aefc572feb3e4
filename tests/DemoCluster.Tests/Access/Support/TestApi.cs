using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Pods;
using KubeLens.DemoCluster.Protobuf;
using KubeLens.Gateway.Normalize;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.DemoCluster.Tests.Access.Support;

/// <summary>The smallest API that access can stand before: reviews, tokens, pods and their streams; everything else is 200 with who asked.</summary>
internal sealed class TestApi(RequestDelegate next, IObjectStore store, Reviews reviews, PodStreams streams)
{
    public static async Task BeginAsync(HttpContext context, RequestDelegate next)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var info = RequestInfoParser.Parse(context.Request.Method, target);
        context.Features.Set(new ApiRequest(info, ResourceKinds.Find(info.ApiGroup, info.ApiVersion, info.Resource)) { AuditId = Guid.NewGuid().ToString() });
        try
        {
            await next(context);
        }
        catch (ApiException refusal)
        {
            await StatusAnswer.WriteAsync(context, refusal);
        }
    }

    public async Task InvokeAsync(HttpContext context)
    {
        _ = next;
        var request = context.Features.GetRequiredFeature<ApiRequest>();
        var info = request.Info;
        if (Discovery(info.Path) is { } discovery)
        {
            await context.Response.WriteAsJsonAsync(discovery, context.RequestAborted);
        }
        else if (info is { Resource: "pods", Verb: "get" or "create", Name.Length: > 0 })
        {
            var pod = store.Find(ResourceKinds.Named("Pod"), info.Namespace, info.Name) ?? throw Refusals.NotFound("pods", info.Name);
            await (info.Subresource switch
            {
                "log" => streams.LogAsync(context, request, pod),
                "exec" or "attach" => streams.ExecAsync(context, request, pod),
                _ => context.Response.WriteAsJsonAsync(pod, context.RequestAborted),
            });
        }
        else if (info.Verb == "create" && request.Kind is { } kind)
        {
            context.Response.StatusCode = 201;
            await context.Response.WriteAsJsonAsync(await CreateAsync(context, request, kind), context.RequestAborted);
        }
        else
        {
            await context.Response.WriteAsJsonAsync(new JsonObject { ["user"] = request.User.Name, ["groups"] = new JsonArray([.. request.User.Groups.Select(group => JsonValue.Create(group))]), ["impersonator"] = request.Impersonator?.Name, ["protocol"] = context.Request.Protocol }, context.RequestAborted);
        }
    }

    /// <summary>As much as kubectl asks for.</summary>
    private static JsonNode? Discovery(string path)
    {
        var groups = ResourceKinds.All.Where(kind => kind.Group.Length > 0 && kind.Deprecation.Length == 0).Select(kind => (kind.Group, kind.ApiVersion, kind.Version)).Distinct();
        return path switch
        {
            "/api" => JsonNode.Parse("""{"kind":"APIVersions","versions":["v1"]}"""),
            "/apis" => new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray([.. groups.Select(group => Group(group.Group, group.ApiVersion, group.Version))]) },
            "/api/v1" => Resources("v1"),
            _ when groups.Any(group => path == $"/apis/{group.ApiVersion}") => Resources(path["/apis/".Length..]),
            _ => null,
        };
    }

    private static JsonObject Group(string name, string apiVersion, string version) => new()
    {
        ["name"] = name,
        ["versions"] = new JsonArray(new JsonObject { ["groupVersion"] = apiVersion, ["version"] = version }),
        ["preferredVersion"] = new JsonObject { ["groupVersion"] = apiVersion, ["version"] = version },
    };

    private static JsonObject Resources(string apiVersion) => new()
    {
        ["kind"] = "APIResourceList",
        ["groupVersion"] = apiVersion,
        ["resources"] = new JsonArray([.. ResourceKinds.All.Where(kind => kind.ApiVersion == apiVersion).Select(kind => new JsonObject
        {
            ["name"] = kind.Resource, ["singularName"] = kind.Singular, ["namespaced"] = kind.Namespaced, ["kind"] = kind.Kind, ["verbs"] = new JsonArray("get", "create"),
        })]),
    };

    private async Task<JsonObject> CreateAsync(HttpContext context, ApiRequest request, ResourceKind kind)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var body = context.Request.ContentType == ProtobufBody.MediaType ? ProtobufBody.Read(bytes.ToArray()) : JsonNode.Parse(bytes.ToArray())!.AsObject();
        return request.Info.Subresource == "token"
            ? reviews.IssueToken(request, store.Find(kind, request.Info.Namespace, request.Info.Name) ?? throw Refusals.NotFound("serviceaccounts", request.Info.Name), body)
            : reviews.TryAnswer(kind, body, request, out var answer) ? answer : store.Create(kind, body);
    }
}
