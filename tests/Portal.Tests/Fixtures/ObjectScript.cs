using System.Globalization;
using System.Text.Json;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>The history of the one object that a scripted Store knows, whatever its address.</summary>
internal sealed class ObjectScript
{
    private const int PageSize = 6;

    /// <summary>Newest first.</summary>
    public List<ObjectVersion> Versions { get; } = [];

    /// <summary>By the id of the call.</summary>
    public Dictionary<string, string> States { get; } = [];

    /// <summary>Answers in place of the history.</summary>
    public Func<HttpRequest, IResult?> OnHistory { get; set; } = _ => null;

    /// <summary>Answers in place of a state.</summary>
    public Func<IResult?> OnState { get; set; } = () => null;

    /// <summary>The addresses at which a history was asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>A version, newer than those that are there.</summary>
    /// <returns>The id of its call.</returns>
    public string Add(string kind, string user, string verb, string? state = null, Func<ObjectVersion, ObjectVersion>? change = null)
    {
        var number = Versions.Count + 1;
        var version = new ObjectVersion
        {
            CallId = string.Create(CultureInfo.InvariantCulture, $"1a0000000000{number:x4}"),
            Time = TimeProvider.System.GetUtcNow().AddMinutes(number - 60),
            User = user,
            UserAgent = "kubectl/v1.34.1",
            Verb = verb,
            Subresource = "",
            Status = kind == ObjectVersionKinds.Failed ? 409 : 200,
            Kind = kind,
            Uid = "0d4f6f0e-8f1b-4f0a-9b1c-2f6d2f1f7a11",
            ResourceVersion = string.Create(CultureInfo.InvariantCulture, $"{700 + number}"),
            Generation = number,
            HasState = state is not null,
            Basis = ObjectChangeBases.Exact,
            Changes = [],
            ChangeCount = 0,
            GapBefore = false,
            IsOtherObject = false,
        };
        Versions.Insert(0, change?.Invoke(version) ?? version);
        if (state is not null)
        {
            States[version.CallId] = state;
        }

        return version.CallId;
    }

    /// <summary>Made, scaled, touched thrice by its controller, changed past the gateway, refused once, deleted.</summary>
    public static ObjectScript Deployment()
    {
        var script = new ObjectScript();
        script.Add(ObjectVersionKinds.Created, "alice", "create", State(3, "shop:1.0", 0));
        script.Add(ObjectVersionKinds.Changed, "bob", "patch", State(5, "shop:1.0", 0), version => version with { Changes = [new("spec.replicas", "3", "5")], ChangeCount = 1 });
        for (var ready = 1; ready <= 3; ready++)
        {
            script.Add(ObjectVersionKinds.Status, "system:serviceaccount:kube-system:deployment-controller", "update", State(5, "shop:1.0", ready), version => version with { Subresource = "status", Changes = [new("status.readyReplicas", null, "1")], ChangeCount = 1 });
        }

        script.Add(ObjectVersionKinds.Changed, "carol", "update", State(5, "shop:2.0", 3), version => version with
        {
            Basis = ObjectChangeBases.Inferred,
            GapBefore = true,
            Changes = [new("metadata.labels[\"app.kubernetes.io/version\"]", "\"1\"", null), new("spec.template.spec.containers[name=shop].image", "\"shop:1.0\"", "\"shop:2.0\"")],
            ChangeCount = 12,
        });
        script.Add(ObjectVersionKinds.Failed, "mallory", "delete", change: version => version with { Status = 403, Basis = ObjectChangeBases.None });
        script.Add(ObjectVersionKinds.Deleted, "bob", "delete", change: version => version with { Basis = ObjectChangeBases.Exact });
        return script;
    }

    public static string State(int replicas, string image, int ready) => JsonSerializer.Serialize(
        new
        {
            apiVersion = "apps/v1",
            kind = "Deployment",
            metadata = new { name = "shop", @namespace = "prod", resourceVersion = "7", generation = 3, managedFields = new[] { new { manager = "kubectl" } }, annotations = new Dictionary<string, string> { ["note"] = "true" } },
            spec = new { replicas, template = new { spec = new { containers = new[] { new { name = "shop", image, env = new[] { new { name = "PASSWORD", value = "<redacted:sha-0123456789ab>" } } } } } } },
            status = new { readyReplicas = ready },
        },
        JsonSerializerOptions.Web);

    public static void Map(WebApplication app, Func<HttpRequest, ObjectScript?> scriptOf)
    {
        app.MapGet("/api/v1/objects/{group}/{resource}/{ns}/{name}", (HttpRequest request, string group, string resource, string ns, string name, int? cursor) =>
            scriptOf(request) is { } script ? script.History(request, group, resource, ns, name, cursor ?? 0) : Results.Unauthorized());
        app.MapGet("/api/v1/calls/{id}/object", (HttpRequest request, string id) =>
            scriptOf(request) is { } script ? script.OnState() ?? (script.StateOf(id) is { } state ? Results.Ok(state) : Results.NotFound()) : Results.Unauthorized());
        app.MapGet("/api/v1/calls/{id}/change", (HttpRequest request, string id) =>
            scriptOf(request) is { } script ? script.Change(id) : Results.Unauthorized());
    }

    private IResult History(HttpRequest request, string group, string resource, string ns, string name, int skip)
    {
        Asked.Add(request.Path + request.QueryString.ToString());
        return OnHistory(request) ?? Results.Ok(new ObjectHistory
        {
            Cluster = "prod-eu",
            ApiGroup = group == "core" ? "" : group,
            Resource = resource,
            Namespace = ns == "_" ? "" : ns,
            Name = name,
            From = TimeProvider.System.GetUtcNow().AddDays(-7),
            To = TimeProvider.System.GetUtcNow(),
            Versions = [.. Versions.Skip(skip).Take(PageSize)],
            Next = skip + PageSize < Versions.Count ? (skip + PageSize).ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private IResult Change(string id)
    {
        var at = Versions.FindIndex(version => version.CallId == id);
        return at < 0
            ? Results.NotFound()
            : Results.Ok(new CallChange(Versions[at], Versions.Skip(at + 1).Select(version => StateOf(version.CallId)).FirstOrDefault(state => state is not null), StateOf(id)));
    }

    private ObjectState? StateOf(string id) => States.TryGetValue(id, out var text)
        ? new(id, Versions.Find(version => version.CallId == id)!.Time, "7", text, 1)
        : null;
}
