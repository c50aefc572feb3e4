using System.Globalization;
using System.Text.Json;

namespace KubeLens.Store.Audit;

/// <summary>An answer of the audit webhook: a Kubernetes <c>Status</c>, whose message the apiserver logs.</summary>
internal sealed class AuditStatus(int code, string reason, string message, int? retryAfterSeconds = null) : IResult
{
    public static AuditStatus Taken() => new(StatusCodes.Status200OK, "", "");

    public static AuditStatus Refused(int code, string message) => new(code, code == StatusCodes.Status413PayloadTooLarge ? "RequestEntityTooLarge" : code == StatusCodes.Status500InternalServerError ? "InternalError" : "BadRequest", message);

    /// <summary>Come again later.</summary>
    public static AuditStatus Later(int code, string message, int seconds) => new(code, code == StatusCodes.Status429TooManyRequests ? "TooManyRequests" : "ServiceUnavailable", message, seconds);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = code;
        response.ContentType = "application/json";
        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("kind", "Status");
        json.WriteString("apiVersion", "v1");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteString("status", code < StatusCodes.Status400BadRequest ? "Success" : "Failure");
        if (message.Length > 0)
        {
            json.WriteString("message", message);
            json.WriteString("reason", reason);
        }

        if (retryAfterSeconds is { } delay)
        {
            json.WriteStartObject("details");
            json.WriteNumber("retryAfterSeconds", delay);
            json.WriteEndObject();
        }

        json.WriteNumber("code", code);
        json.WriteEndObject();
    }
}
