using System.Text.Json.Nodes;
using KubeLens.DemoCluster.OpenApi.Documents;
using KubeLens.DemoCluster.Tests.Patching.Real;
using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Schemas;

/// <summary>Our types beside those of a real API server: what both have must be the same.</summary>
public sealed class SchemaAgreementTests(TestCluster cluster)
{
    /// <summary>Changed between the versions.</summary>
    private static readonly HashSet<string> Changed =
    [
        "io.k8s.api.core.v1.PersistentVolumeClaimSpec.resources",
    ];

    [Fact]
    public async Task Types_BesideARealServers_HaveTheSameFieldsAndMergeKeys()
    {
        await using var api = await RealApi.StartAsync(cluster, TestContext.Current.CancellationToken);
        var theirs = (await api.RequireAsync(HttpMethod.Get, "/openapi/v2", null, TestContext.Current.CancellationToken))["definitions"]!.AsObject();
        var ours = OpenApiV2.Document()["definitions"]!.AsObject();

        var compared = 0;
        var differences = new List<string>();
        foreach (var (type, schema) in ours.Where(entry => theirs.ContainsKey(entry.Key)))
        {
            foreach (var (field, property) in schema!["properties"]?.AsObject() ?? [])
            {
                if (theirs[type]!["properties"]?[field] is JsonObject real && !Changed.Contains($"{type}.{field}"))
                {
                    compared++;
                    differences.AddRange(Differences(real, property!.AsObject()).Select(difference => $"{type}.{field}: {difference}"));
                }
            }
        }

        differences.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(800);
    }

    private static IEnumerable<string> Differences(JsonObject theirs, JsonObject ours)
    {
        if (Shape(theirs) != Shape(ours))
        {
            yield return $"theirs is {Shape(theirs)}, ours {Shape(ours)}";
        }

        foreach (var name in new[] { "x-kubernetes-patch-merge-key", "x-kubernetes-patch-strategy", "x-kubernetes-list-map-keys" })
        {
            // Newer servers say more, never less.
            if (theirs[name] is { } value && Shape(theirs).StartsWith("[]", StringComparison.Ordinal) && ours[name]?.ToJsonString() != value.ToJsonString())
            {
                yield return $"{name}: theirs is {value.ToJsonString()}, ours {ours[name]?.ToJsonString() ?? "none"}";
            }
        }
    }

    private static string Shape(JsonNode schema)
    {
        if (schema["$ref"] is { } reference)
        {
            return reference.GetValue<string>().Replace("core.v1.Handler", "core.v1.LifecycleHandler", StringComparison.Ordinal);
        }

        return schema["type"]!.GetValue<string>() switch
        {
            "array" => $"[]{Shape(schema["items"]!)}",
            "object" when schema["additionalProperties"] is { } values => $"map[{Shape(values)}]",
            var type => schema["format"] is { } format ? $"{type} {format.GetValue<string>()}" : type,
        };
    }
}
