using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.OpenApi;
using KubeLens.DemoCluster.Patching;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.DemoCluster.Tests.OpenApi;

/// <summary>
/// The OpenAPI part over plain http, with just enough around it for kubectl: discovery, and objects that can be
/// created, read and patched.
/// </summary>
internal sealed class OpenApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempFolder _home = new("kubectl");

    private OpenApiHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddKubernetesOpenApi();
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} | {context.Request.Headers.Accept}");
            return next(context);
        });
        _app.UseKubernetesOpenApi();
        _app.Run(AnswerAsync);
    }

    /// <summary>The objects by path; a dry run leaves them as they are.</summary>
    public ConcurrentDictionary<string, JsonObject> Objects { get; } = new();

    /// <summary>The bodies of all patches so far.</summary>
    public ConcurrentQueue<string> Patches { get; } = new();

    /// <summary>Method, target and Accept of every request so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Address => _app.Urls.Single();

    public static async Task<OpenApiHost> StartAsync(CancellationToken cancellationToken)
    {
        var host = new OpenApiHost();
        await host._app.StartAsync(cancellationToken);
        return host;
    }

    public Kubectl Kubectl(string program)
    {
        var kubeconfig = _home["kubeconfig"];
        File.WriteAllText(
            kubeconfig,
            $$"""
            {"apiVersion":"v1","kind":"Config","current-context":"t",
             "clusters":[{"name":"t","cluster":{"server":"{{Address}}"} }],
             "users":[{"name":"t","user":{} }],
             "contexts":[{"name":"t","context":{"cluster":"t","user":"t"} }] }
            """);
        return new Kubectl(program, kubeconfig, _home.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _home.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimEnd('/');
        JsonNode? answer = path switch
        {
            "/version" => new JsonObject { ["major"] = "1", ["minor"] = "32", ["gitVersion"] = "v1.32.0+kubelens-demo" },
            "/api" => new JsonObject { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") },
            "/apis" => new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray([.. Groups()]) },
            _ when context.Request.Method == "POST" => Keep(context, path, (await JsonNode.ParseAsync(context.Request.Body))!.AsObject()),
            _ when context.Request.Method == "PATCH" => await PatchAsync(context, path),
            _ => Resources(path) ?? Objects.GetValueOrDefault(path),
        };
        context.Response.StatusCode = answer is null ? 404 : context.Request.Method == "POST" ? 201 : 200;
        answer ??= new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["reason"] = "NotFound", ["code"] = 404, ["message"] = "not found" };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private JsonObject Keep(HttpContext context, string path, JsonObject value)
    {
        if (context.Request.Query["dryRun"].Count == 0)
        {
            Objects[context.Request.Method == "POST" ? $"{path}/{value["metadata"]!["name"]!.GetValue<string>()}" : path] = value;
        }

        return value;
    }

    private async Task<JsonObject?> PatchAsync(HttpContext context, string path)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Patches.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        var request = context.Request;
        var resource = path.Split('/')[^2];
        var kind = ResourceKinds.All.First(candidate => candidate.Resource == resource);
        return Keep(context, path, ObjectPatch.Apply(
            request.ContentType!, body.ToArray(), Objects.GetValueOrDefault(path), kind, request.Query["fieldManager"].ToString(), request.Query["force"] == "true", TimeProvider.System.GetUtcNow()));
    }

    private static IEnumerable<JsonNode> Groups() => ResourceKinds.All.Where(kind => kind.Group.Length > 0).GroupBy(kind => kind.Group).Select(group =>
    {
        var versions = group.Select(kind => kind.Version).Distinct().Select(version => (JsonNode)new JsonObject { ["groupVersion"] = $"{group.Key}/{version}", ["version"] = version }).ToArray();
        return new JsonObject { ["name"] = group.Key, ["versions"] = new JsonArray(versions), ["preferredVersion"] = versions[0].DeepClone() };
    });

    private static JsonObject? Resources(string path)
    {
        var version = path.Split('/', 3, StringSplitOptions.RemoveEmptyEntries);
        var kinds = ResourceKinds.All.Where(kind => path == (kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.ApiVersion}")).ToList();
        return version.Length == 0 || kinds.Count == 0 ? null : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = kinds[0].ApiVersion,
            ["resources"] = new JsonArray([.. kinds.Select(kind => (JsonNode)new JsonObject
            {
                ["name"] = kind.Resource,
                ["singularName"] = kind.Singular,
                ["namespaced"] = kind.Namespaced,
                ["kind"] = kind.Kind,
                ["verbs"] = new JsonArray("get", "list", "create", "patch", "delete"),
                ["shortNames"] = new JsonArray([.. kind.ShortNames.Select(name => (JsonNode)name)]),
            })]),
        };
    }
}
