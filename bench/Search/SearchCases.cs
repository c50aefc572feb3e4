using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Search;

/// <summary>What is asked: every field that people search by, what is seldom and what is everywhere, what there is not, and what the portal counts.</summary>
internal static class SearchCases
{
    private const string Histogram = "/api/v1/histogram?q=";
    private const string Facets = "/api/v1/facets?q=";

    public static readonly IReadOnlyList<SearchCase> All =
    [
        new("the newest page", _ => ""),
        new("a page of any time", _ => "") { EndsAnywhere = true },
        new("by audit-id", call => $"audit:{call.AuditId}"),
        new("by an audit-id without its time, that there is not", _ => $"audit:{Guid.NewGuid()}") { Finds = false },
        new("by trace id", call => $"trace:{call.TraceId}") { Suits = call => call.TraceId.Length > 0 },
        new("by a kubectl session", call => $"session:{call.Program.Session}") { Suits = call => call.Program.Session.Length > 0 },
        new("by user", call => $"user:{Quoted(call.User)}"),
        new("by user and a verb that they never use", call => $"user:{Quoted(call.User)} verb:deletecollection") { Finds = false },
        new("by user and status", call => $"user:{Quoted(call.User)} status:{call.Status}") { Suits = call => call.Status >= 400 },
        new("by people", _ => "kind:human") { Finds = null },
        new("without system traffic", _ => "-is:system") { Finds = null },
        new("by resource and verb", call => $"resource:{Resource(call)} verb:{call.Verb}") { Suits = HasResource },
        new("by namespace, resource and verb", call => $"ns:{Quoted(call.Namespace)} resource:{Resource(call)} verb:{call.Verb}") { Suits = call => HasResource(call) && call.Namespace.Length > 0 },
        new("by namespace and name", call => $"ns:{Quoted(call.Namespace)} name:{Quoted(call.Name)}") { Suits = call => call.Name.Length > 0 && call.Namespace.Length > 0 },
        new("by a name that there is not", call => $"name:{call.Name}-{Guid.NewGuid():N}") { Suits = call => call.Name.Length > 0, Finds = false },
        new("by the beginning of a name", call => $"name:{call.Name[..^2]}*") { Suits = call => call.Name.Length > 8 },
        new("by uid", call => $"uid:{call.Object.Uid}") { Suits = call => call.Object.Uid.Length > 0 },
        new("by client address", call => $"ip:{call.SourceIp}"),
        new("by node", call => $"node:{Quoted(call.Node)}") { Suits = call => call.Node.Length > 0 },
        new("by status", _ => "status:4xx"),
        new("denied", _ => "is:denied"),
        new("slow", _ => "latency:>25ms -verb:watch") { Finds = null },
        new("by a word", call => Quoted(call.Name)) { Suits = call => call.Name.Length > 8 },
        new("by a word that there is not", _ => $"{Guid.NewGuid():N}") { Finds = false },
        new("histogram of everything", _ => "") { Endpoint = Histogram, Finds = null },
        new("histogram of a user", call => $"user:{Quoted(call.User)}") { Endpoint = Histogram, Finds = null },
        new("histogram of people who are denied", _ => "kind:human is:denied") { Endpoint = Histogram, Finds = null },
        new("facets of everything", _ => "") { Endpoint = Facets, Finds = null },
        new("facets of a user", call => $"user:{Quoted(call.User)}") { Endpoint = Facets, Finds = null },
    ];

    private static bool HasResource(CallRecord call) => call.Resource.Length > 0;

    private static string Resource(CallRecord call) => call.Subresource.Length > 0 ? $"{call.Resource}/{call.Subresource}" : call.Resource;

    private static string Quoted(string value) => $"\"{value}\"";
}
