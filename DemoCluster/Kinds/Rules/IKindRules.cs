using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>What a kind does to its objects before they are kept. Objects come in their storage version and are the caller's own.</summary>
internal interface IKindRules
{
    /// <summary>Fills in what the client left out.</summary>
    /// <param name="old">Null when the object is being created.</param>
    void Default(JsonObject value, JsonObject? old);

    /// <summary>Says what cannot be kept.</summary>
    void Validate(JsonObject value, JsonObject? old, InvalidCauses causes);
}
