using System.Globalization;
using System.Text;
using Google.Protobuf;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Store.Ingest;

/// <summary>An OTLP/HTTP answer (https://opentelemetry.io/docs/specs/otlp/#otlphttp-response): protobuf, or JSON to whom sends that.</summary>
internal sealed class OtlpResult : IResult
{
    private readonly int _status;
    private readonly IMessage _body;
    private readonly int? _retryAfterSeconds;

    private OtlpResult(int status, IMessage body, int? retryAfterSeconds = null) => (_status, _body, _retryAfterSeconds) = (status, body, retryAfterSeconds);

    public static OtlpResult Accepted(int rejected, string error) => new(
        StatusCodes.Status200OK,
        rejected == 0
            ? new ExportLogsServiceResponse()
            : new ExportLogsServiceResponse { PartialSuccess = new ExportLogsPartialSuccess { RejectedLogRecords = rejected, ErrorMessage = error } });

    /// <summary>Refused for good.</summary>
    public static OtlpResult Error(int status, string message) => new(status, new Status { Code = RpcCode(status), Message = message });

    /// <summary>Come again later.</summary>
    public static OtlpResult Later(int status, string message, int retryAfterSeconds) => new(status, new Status { Code = RpcCode(status), Message = message }, retryAfterSeconds);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        var isJson = OtlpJson.Is(httpContext.Request);
        response.ContentType = isJson ? OtlpJson.ContentType : LogsApi.ContentType;
        if (_retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var bytes = isJson ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(_body)) : _body.ToByteArray();
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    // https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
    private static int RpcCode(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests => 8, // RESOURCE_EXHAUSTED
        StatusCodes.Status500InternalServerError => 13, // INTERNAL
        StatusCodes.Status503ServiceUnavailable => 14, // UNAVAILABLE
        _ => 3, // INVALID_ARGUMENT
    };
}
