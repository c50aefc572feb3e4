using System.Diagnostics.CodeAnalysis;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Store.Ingest;

/// <summary>A decoded request, or the HTTP status and the message that refuse it.</summary>
internal sealed record OtlpRequest(ExportLogsServiceRequest? Logs, int Status, string Error)
{
    [MemberNotNullWhen(true, nameof(Logs))]
    public bool IsParsed => Logs is not null;

    public static OtlpRequest Parsed(ExportLogsServiceRequest logs) => new(logs, StatusCodes.Status200OK, "");

    public static OtlpRequest Failed(int status, string error) => new(null, status, error);
}
