using System.Text.Json;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>Whom the apiserver saw do what, and how it ended.</summary>
internal sealed record AuditEvent(string AuditId, string UserAgent, string User, string Groups, string Verb, string Resource, string Subresource, string Namespace, string Name, int Code, bool IsResource, string ApiGroup, string ApiVersion)
{
    /// <summary>The side and operation that called: <c>t1a2b3c4a-get pods/v1.32 …</c>.</summary>
    public string Agent => UserAgent.Split('/')[0];

    public override string ToString() => $"{User} ({Groups}) {Verb} {Resource}/{Subresource} {Namespace}/{Name} {Code}";

    public static AuditEvent Of(JsonElement json)
    {
        var user = json.TryGetProperty("impersonatedUser", out var impersonated) ? impersonated : json.GetProperty("user");
        var has = json.TryGetProperty("objectRef", out var target);
        return new AuditEvent(
            json.GetProperty("auditID").GetString()!,
            json.GetProperty("userAgent").GetString()!,
            Text(user, "username"),
            user.TryGetProperty("groups", out var groups) ? string.Join(' ', groups.EnumerateArray().Select(group => group.GetString()).Order(StringComparer.Ordinal)) : "",
            json.GetProperty("verb").GetString()!,
            has ? Text(target, "resource") : json.GetProperty("requestURI").GetString()!.Split('?')[0],
            has ? Text(target, "subresource") : "",
            has ? Text(target, "namespace") : "",
            has ? Text(target, "name") : "",
            json.TryGetProperty("responseStatus", out var status) && status.TryGetProperty("code", out var code) ? code.GetInt32() : 0,
            has,
            has ? Text(target, "apiGroup") : "",
            has ? Text(target, "apiVersion") : "");
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
