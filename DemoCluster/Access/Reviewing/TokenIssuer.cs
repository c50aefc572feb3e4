using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access.Tokens;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Reviewing;

/// <summary>Answers a <c>TokenRequest</c> with a bound token.</summary>
internal sealed class TokenIssuer(ServiceAccountTokens tokens, IObjectStore store, TimeProvider clock)
{
    private const long DefaultSeconds = 3600, LeastSeconds = 600, MostSeconds = 1L << 32;

    public JsonObject Issue(string ns, JsonObject serviceAccount, JsonObject request)
    {
        var name = serviceAccount.Text("metadata.name");
        var seconds = Seconds(request.At("spec.expirationSeconds"), name);
        var audiences = request.Texts("spec.audiences") is { Count: > 0 } wanted ? wanted : [ServiceAccountTokens.Audience];
        var reference = request.At("spec.boundObjectRef") as JsonObject;
        var bound = reference is null ? [] : Bind(ns, name, reference).ToList();
        var expiry = clock.GetUtcNow().AddSeconds(seconds);
        return new JsonObject
        {
            ["kind"] = "TokenRequest",
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["creationTimestamp"] = ObjectMetadata.Timestamp(clock.GetUtcNow()) },
            ["spec"] = new JsonObject { ["audiences"] = audiences.ToJson(), ["expirationSeconds"] = seconds, ["boundObjectRef"] = reference?.DeepClone() },
            ["status"] = new JsonObject { ["token"] = tokens.Issue(serviceAccount, audiences.ToJson(), expiry, bound), ["expirationTimestamp"] = ObjectMetadata.Timestamp(expiry) },
        };
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> Bind(string ns, string account, JsonObject reference)
    {
        if (reference.Text("kind") != "Pod")
        {
            throw ApiErrors.BadRequest($"cannot bind token to object of type {reference.Text("apiVersion")}, Kind={reference.Text("kind")}: this cluster binds tokens to pods");
        }

        var name = reference.Text("name");
        var pod = store.Find(ResourceKinds.Named("Pod"), ns, name) ?? throw ApiErrors.NotFound(ResourceKinds.Named("Pod"), name);
        if (pod.Text("spec.serviceAccountName") is { Length: > 0 } running && running != account)
        {
            throw ApiErrors.BadRequest($"cannot bind token for serviceaccount \"{account}\" to pod running with different serviceaccount name.");
        }

        var uid = pod.Text("metadata.uid");
        if (reference.Text("uid") is { Length: > 0 } asked && asked != uid)
        {
            throw new ApiException(StatusCodes.Status409Conflict, "Conflict", $"Operation cannot be fulfilled on Pod \"{name}\": the UID in the bound object reference ({asked}) does not match the UID in record. The object might have been deleted and then recreated");
        }

        yield return new("pod", new JsonObject { ["name"] = name, ["uid"] = uid });
        if (pod.Text("spec.nodeName") is { Length: > 0 } node)
        {
            var found = store.Find(ResourceKinds.Named("Node"), "", node);
            yield return new("node", new JsonObject { ["name"] = node, ["uid"] = found.Text("metadata.uid") });
        }
    }

    private static long Seconds(JsonNode? given, string name)
    {
        var seconds = given is null ? DefaultSeconds : given is JsonValue value && value.TryGetValue<long>(out var number) ? number
            : throw ApiErrors.BadRequest("spec.expirationSeconds: has to be a number of seconds");
        return seconds switch
        {
            < LeastSeconds => throw Invalid($"Invalid value: {seconds}: may not specify a duration less than 10 minutes"),
            > MostSeconds => throw Invalid($"Invalid value: {seconds}: may not specify a duration larger than 2^32 seconds"),
            _ => seconds,
        };

        ApiException Invalid(string problem) => Refusals.Invalid("authentication.k8s.io", "TokenRequest", name, "spec.expirationSeconds", problem);
    }
}
