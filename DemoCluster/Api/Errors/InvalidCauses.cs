using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Api.Errors;

/// <summary>Gathers what is wrong with an object, then says all of it at once.</summary>
internal sealed class InvalidCauses
{
    private readonly List<(string Reason, string Field, string Message)> _causes = [];

    public void Invalid(string field, string value, string why) => Add("FieldValueInvalid", field, $"Invalid value: {value}: {why}");

    public void Required(string field, string why = "") => Add("FieldValueRequired", field, why.Length == 0 ? "Required value" : $"Required value: {why}");

    public void Forbidden(string field, string why) => Add("FieldValueForbidden", field, $"Forbidden: {why}");

    public void NotSupported(string field, string value, string supported) =>
        Add("FieldValueNotSupported", field, $"Unsupported value: {value}: supported values: {supported}");

    /// <exception cref="ApiException">422 when there is a cause.</exception>
    public void ThrowIfAny(ResourceKind kind, string name) => ThrowIfAny(kind.Group, kind.Kind, name);

    public void ThrowIfAny(string group, string kind, string name)
    {
        if (_causes.Count == 0)
        {
            return;
        }

        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (group.Length > 0)
        {
            details["group"] = group;
        }

        details["kind"] = kind;
        details["causes"] = new JsonArray([.. _causes.Select(cause => (JsonNode)new JsonObject
        {
            ["reason"] = cause.Reason,
            ["message"] = cause.Message,
            ["field"] = cause.Field,
        })]);
        var texts = _causes.Select(cause => $"{cause.Field}: {cause.Message}").ToList();
        var text = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        throw new ApiException(422, "Invalid", $"{qualified} \"{name}\" is invalid: {text}", details);
    }

    private void Add(string reason, string field, string message) => _causes.Add((reason, field, message));
}
