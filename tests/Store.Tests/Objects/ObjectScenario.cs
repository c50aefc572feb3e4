using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Sealing;

namespace KubeLens.Store.Tests.Objects;

/// <summary>Calls on the deployment <c>web</c> in <c>shop</c>, ten seconds apart, as a gateway records them.</summary>
internal sealed class ObjectScenario(DateTimeOffset start, string cluster = "prod")
{
    public const string Uid = "0190c2d4-0000-7000-8000-000000000001", OtherUid = "0190c2d4-0000-7000-8000-000000000002";

    public const string Address = "/api/v1/objects/apps/deployments/shop/web";

    public List<CallRecord> Calls { get; } = [];

    public DateTimeOffset Now => start.AddSeconds(10 * Calls.Count);

    public static string IdOf(CallRecord call) => SealedStore.IdOf(call);

    /// <summary>A deployment as the apiserver answers with it.</summary>
    public static string Deployment(int version, int generation = 1, int replicas = 3, string image = "web:1", int ready = 0, string uid = Uid, string metadata = "", string kind = "Deployment", string apiVersion = "apps/v1") => $$"""
        {"kind":"{{kind}}","apiVersion":"{{apiVersion}}","metadata":{"name":"web","namespace":"shop","uid":"{{uid}}","resourceVersion":"{{version}}","generation":{{generation}}{{metadata}} },"spec":{"replicas":{{replicas}},"template":{"spec":{"containers":[{"name":"web","image":"{{image}}"}]} } },"status":{"readyReplicas":{{ready}} } }
        """;

    /// <summary>What the apiserver notes of a write in the object, at the time of the next call.</summary>
    public string ManagedNow => $$""","managedFields":[{"manager":"kubectl-patch","operation":"Update","time":"{{Now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}]""";

    public CallRecord Add(string verb, string? answer, string sub = "", int status = 200, string? request = null, string before = "", string user = "alice", bool dryRun = false, CallBodyNote note = CallBodyNote.Whole, Func<CallRecord, CallRecord>? change = null)
    {
        var known = Read(answer);
        var call = SampleCalls.One(user, "web") with
        {
            Position = new CallPosition(SampleCalls.NextBatchId(), 0, 1, DateOnly.FromDateTime(SampleCalls.Now.UtcDateTime)),
            Time = Now,
            LatencyUs = 20_000,
            Cluster = cluster,
            Verb = verb,
            ApiPrefix = "apis",
            ApiGroup = "apps",
            Resource = "deployments",
            Subresource = sub,
            Namespace = "shop",
            AuditId = Guid.CreateVersion7(),
            Path = "/apis/apps/v1/namespaces/shop/deployments/web",
            Status = status,
            Object = new CallObject { Uid = known.Uid, ResourceVersion = status is >= 200 and < 300 ? known.Version : "", ResourceVersionBefore = before, Generation = known.Generation },
            Options = new CallOptions { DryRun = dryRun },
            RequestBody = request is null ? CallBody.None : new CallBody(Encoding.UTF8.GetBytes(request), CallBodyNote.Whole, 0),
            RequestBytes = request?.Length ?? 0,
            ResponseBody = answer is null ? CallBody.None : new CallBody(Encoding.UTF8.GetBytes(answer), note, 0),
            ResponseBytes = answer?.Length ?? 0,
        };
        Calls.Add(change?.Invoke(call) ?? call);
        return Calls[^1];
    }

    public static async Task<ObjectHistory> HistoryAsync(TestStore store, string parameters, CancellationToken cancellationToken, string path = Address) =>
        JsonSerializer.Deserialize<ObjectHistory>(await JsonAsync(store, parameters, cancellationToken, path), JsonSerializerOptions.Web)!;

    public static async Task<string> JsonAsync(TestStore store, string parameters, CancellationToken cancellationToken, string path = Address)
    {
        using var response = await store.Auditor.GetAsync($"{path}?{parameters}", cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return body;
    }

    public static async Task<T> OfCallAsync<T>(TestStore store, CallRecord call, string what, CancellationToken cancellationToken)
    {
        using var response = await store.Auditor.GetAsync($"/api/v1/calls/{IdOf(call)}/{what}", cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web)!;
    }

    // As the gateway does, which has read it before.
    private static (string Uid, string Version, long? Generation) Read(string? answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer ?? "{}");
            string Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? text.GetString()! : "";
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("metadata", out var metadata)
                ? (Text(metadata, "uid"), Text(metadata, "resourceVersion"), metadata.TryGetProperty("generation", out var generation) ? generation.GetInt64() : null)
                : json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("details", out var details) ? (Text(details, "uid"), "", null) : ("", "", null);
        }
        catch (JsonException)
        {
            return (Uid, "1", null);
        }
    }
}
