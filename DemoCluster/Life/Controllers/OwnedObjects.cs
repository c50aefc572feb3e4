using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Pods.Logs;

namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>What controllers make of a template.</summary>
internal static class OwnedObjects
{
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Tells templates apart, in the letters that Kubernetes uses for it.</summary>
    public static string HashOf(JsonNode template) => Word(StableHash.Of(template.ToJsonString()), 10);

    public static string Suffix(Random random) => Word((ulong)random.NextInt64(), 5);

    public static JsonObject Reference(string apiVersion, string kind, StoredObject owner) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    private static string Word(ulong value, int length) => string.Create(length, value, static (word, rest) =>
    {
        for (var i = 0; i < word.Length; i++)
        {
            word[i] = Letters[(int)(rest % (ulong)Letters.Length)];
            rest /= (ulong)Letters.Length;
        }
    });
}
