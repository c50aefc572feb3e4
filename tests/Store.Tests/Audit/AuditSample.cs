using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Audit;

/// <summary>Audit events as an apiserver posts them.</summary>
internal static class AuditSample
{
    public const string Complete = "ResponseComplete";

    /// <summary>A call of a minute ago: whoever waits for its event, or it, has waited long enough.</summary>
    public static CallRecord Call(string name = "web-0") => SampleCalls.One(name: name) with { Time = SampleCalls.Now.AddSeconds(-30) };

    /// <summary>What an apiserver says of a call that came through a gateway on its machine.</summary>
    /// <param name="call">The call.</param>
    /// <param name="stage">Of the event.</param>
    /// <param name="skew">How far the apiserver's clock is ahead.</param>
    public static JsonObject Of(CallRecord call, string stage = Complete, TimeSpan skew = default)
    {
        var (from, to) = (call.Time.AddMicroseconds(-call.LatencyUs).AddMilliseconds(1) + skew, call.Time.AddMilliseconds(-1) + skew);
        var told = new JsonObject
        {
            ["level"] = "RequestResponse",
            ["auditID"] = call.AuditId.ToString(),
            ["stage"] = stage,
            ["requestURI"] = call.Query.Length > 0 ? $"{call.Path}?{call.Query}" : call.Path,
            ["verb"] = call.Verb,
            ["user"] = new JsonObject { ["username"] = call.User, ["groups"] = Texts(call.Groups) },
            ["sourceIPs"] = Texts([call.SourceIp]),
            ["userAgent"] = call.UserAgent,
            ["objectRef"] = new JsonObject { ["resource"] = call.Resource, ["namespace"] = call.Namespace, ["name"] = call.Name, ["apiVersion"] = call.ApiVersion },
            ["requestReceivedTimestamp"] = Time(from),
            ["stageTimestamp"] = Time(stage == "RequestReceived" ? from : to),
        };
        if (stage != "RequestReceived")
        {
            told["responseStatus"] = new JsonObject { ["metadata"] = new JsonObject(), ["code"] = stage == "Panic" ? 500 : call.Status };
            told["responseObject"] = new JsonObject { ["kind"] = "Secret", ["data"] = new JsonObject { ["password"] = "c2VjcmV0LW9mLWEtYm9keQ==" } };
            told["annotations"] = new JsonObject
            {
                ["authorization.k8s.io/decision"] = "allow",
                ["authorization.k8s.io/reason"] = "RBAC: allowed by ClusterRoleBinding \"view\"",
                ["k8s.io/deprecated"] = "true",
                ["k8s.io/removed-release"] = "1.25",
            };
        }

        return told;
    }

    /// <summary>The same request as the apiserver tells of it at another stage.</summary>
    public static JsonObject With(this JsonObject told, string field, JsonNode? value)
    {
        var other = (JsonObject)told.DeepClone();
        other[field] = value;
        return other;
    }

    /// <summary>What somebody else did with another's audit-id, past the gateway, at another time.</summary>
    public static JsonObject Forge(JsonObject told, string requestUri) => told.With("requestURI", requestUri).With("requestReceivedTimestamp", Time(DateTimeOffset.Parse((string)told["requestReceivedTimestamp"]!, CultureInfo.InvariantCulture).AddMicroseconds(7)));

    public static string List(params IEnumerable<JsonObject> events) => new JsonObject
    {
        ["kind"] = "EventList",
        ["apiVersion"] = AuditEventReader.ApiVersion,
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. events.Select(told => told.DeepClone())]),
    }.ToJsonString();

    /// <summary>Posts as the apiserver of cluster <c>prod</c> and expects that they are taken.</summary>
    public static async Task PostAuditAsync(this TestStore store, CancellationToken cancellationToken, params IEnumerable<JsonObject> events)
    {
        using var client = store.ApiServer("prod");
        using var response = await client.PostAsync("/audit/webhook", Json(List(events)), cancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>As the worker does from time to time.</summary>
    public static Task ResolveAsync(this TestStore store, CancellationToken cancellationToken) => store.Services.GetRequiredService<AuditResolver>().ResolveDueAsync(cancellationToken);

    public static HttpContent Json(string body) => new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
