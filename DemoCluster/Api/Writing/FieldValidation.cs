using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Api.Writing;

/// <summary>What <c>fieldValidation=Ignore|Warn|Strict</c> makes of fields that the kind does not have.</summary>
internal static class FieldValidation
{
    /// <exception cref="ApiException">400 for Strict; 422 for a value that is none.</exception>
    public static void Check(ApiCall call, JsonObject value, string optionsKind)
    {
        var mode = call.Query("fieldValidation");
        if (mode is not ("" or "Ignore" or "Warn" or "Strict"))
        {
            var causes = new InvalidCauses();
            causes.NotSupported("fieldValidation", $"\"{mode}\"", "\"\", \"Ignore\", \"Strict\", \"Warn\"");
            causes.ThrowIfAny("meta.k8s.io", optionsKind, "");
        }

        if (mode == "Ignore")
        {
            return;
        }

        var unknown = UnknownFields.Find(value, call.Kind);
        if (mode == "Strict" && unknown.Count > 0)
        {
            throw ApiErrors.BadRequest($"{call.Kind.Kind} in version \"{call.Kind.Version}\" cannot be handled as a {call.Kind.Kind}: strict decoding error: {string.Join(", ", unknown)}");
        }

        foreach (var message in unknown)
        {
            Warnings.Add(call.Http, message);
        }
    }
}
