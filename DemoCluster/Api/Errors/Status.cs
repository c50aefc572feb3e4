using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Api.Errors;

/// <summary>The <c>v1 Status</c> object.</summary>
internal static class Status
{
    public static JsonObject Failure(ApiException error)
    {
        var status = Begin("Failure");
        status["message"] = error.Message;
        if (error.Reason.Length > 0)
        {
            status["reason"] = error.Reason;
        }

        if (error.Details is { } details)
        {
            status["details"] = details.DeepClone();
        }

        status["code"] = error.Code;
        return status;
    }

    public static JsonObject Success(JsonObject? details, int? code = null)
    {
        var status = Begin("Success");
        if (details is not null)
        {
            status["details"] = details;
        }

        if (code is { } number)
        {
            status["code"] = number;
        }

        return status;
    }

    private static JsonObject Begin(string outcome) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = outcome,
    };
}
