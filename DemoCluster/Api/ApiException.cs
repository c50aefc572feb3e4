using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Api;

/// <summary>Ends a request with a <c>v1 Status</c> of this code and reason.</summary>
/// <param name="reason">One of the API's own: <c>NotFound</c>, <c>AlreadyExists</c>, <c>Conflict</c>, <c>Invalid</c>, <c>Forbidden</c>, <c>BadRequest</c>, <c>Expired</c>…</param>
/// <param name="details">The Status object's <c>details</c>: name, group, kind, causes, retryAfterSeconds.</param>
internal sealed class ApiException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code => code;
    public string Reason => reason;
    public JsonObject? Details => details;
}
