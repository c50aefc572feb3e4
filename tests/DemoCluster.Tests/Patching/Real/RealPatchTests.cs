using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Patching;
using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Patching.Real;

/// <summary>
/// The same patches to a real API server and to ours. Ours sets no defaults, so what it makes goes to the real one as an update:
/// then both have the same defaults, and must be the same. Everything is a dry run.
/// </summary>
public sealed class RealPatchTests(TestCluster cluster)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_PatchesOfAllKinds_MakeWhatARealServerMakes()
    {
        await using var api = await RealApi.StartAsync(cluster, Cancelled);
        var targets = new Dictionary<string, (string Path, JsonObject Live)>();
        foreach (var (kind, path, applied) in PatchTargets.All)
        {
            var address = $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, path, api.Namespace)}/x";
            var (code, answer) = await api.SendAsync(HttpMethod.Patch, $"{address}?fieldManager={PatchCase.Maker}", applied, PatchMediaTypes.Apply, Cancelled);
            code.ShouldBe(201, answer.ToJsonString());
            targets[kind] = (address, answer);
        }

        var differences = new List<string>();
        foreach (var example in PatchCases.All)
        {
            var (path, live) = targets[example.Target];
            if (await DifferenceAsync(api, example, path, live) is { } difference)
            {
                differences.Add($"{example.MediaType}, {example.Name}: {difference}");
            }
        }

        await api.SendAsync(HttpMethod.Patch, targets[PatchTargets.ConfigMap].Path, """{"metadata":{"finalizers":null}}""", PatchMediaTypes.Merge, Cancelled);
        differences.ShouldBeEmpty();
    }

    private static async Task<string?> DifferenceAsync(RealApi api, PatchCase example, string path, JsonObject live)
    {
        var isApply = example.MediaType == PatchMediaTypes.Apply;
        var patch = isApply ? Identified(example.Patch, live) : example.Patch;
        var query = isApply ? $"?dryRun=All&force=true&fieldManager={example.Manager}" : "?dryRun=All";
        var (code, theirs) = await api.SendAsync(HttpMethod.Patch, path + query, patch, example.MediaType, Cancelled);

        JsonObject ours;
        try
        {
            ours = Patches.Apply(example.MediaType, patch, live, example.Target, example.Manager);
        }
        catch (ApiException refused)
        {
            // A malformed directive is a 500 there: nothing to imitate.
            return code == refused.Code || code == 500 ? null : $"ours is refused with {refused.Code} {refused.Message}, theirs is {code} {theirs["message"]}";
        }

        if (isApply && code == 200 && Difference(Owned(theirs), Owned(ours)) is { } ownership)
        {
            return $"managedFields: {ownership}";
        }

        // Controllers write meanwhile; only Services insist on the version.
        if (example.Target != PatchTargets.Service)
        {
            ours["metadata"]!.AsObject().Remove("resourceVersion");
        }

        ours["metadata"]!.AsObject().Remove("managedFields");
        var (completedCode, completed) = await api.SendAsync(HttpMethod.Put, $"{path}?dryRun=All", ours.ToJsonString(), "application/json", Cancelled);
        return code != completedCode
            ? $"theirs is {code} {theirs["message"]}, ours would be {completedCode} {completed["message"]}"
            : code == 200 ? Difference(Compared(theirs), Compared(completed)) : null;
    }

    private static string Identified(string body, JsonObject live)
    {
        var applied = Patches.Object(body);
        applied["apiVersion"] = live["apiVersion"]!.DeepClone();
        applied["kind"] = live["kind"]!.DeepClone();
        (applied["metadata"] ??= new JsonObject())["name"] = "x";
        return applied.ToJsonString();
    }

    private static JsonObject Compared(JsonObject value) => new()
    {
        ["spec"] = value["spec"]?.DeepClone(),
        ["data"] = value["data"]?.DeepClone(),
        ["labels"] = value["metadata"]!["labels"]?.DeepClone(),
        // The controller's own comes while the test runs.
        ["annotations"] = new JsonObject((value["metadata"]!["annotations"] as JsonObject ?? []).Where(field => !field.Key.StartsWith("deployment.kubernetes.io/", StringComparison.Ordinal))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))),
        ["finalizers"] = value["metadata"]!["finalizers"]?.DeepClone(),
    };

    /// <summary>Who applied what; updates depend on the defaults, which ours does not know.</summary>
    private static JsonObject Owned(JsonObject value) => new(value["metadata"]!["managedFields"]!.AsArray()
        .Where(entry => entry!["operation"]!.GetValue<string>() == "Apply")
        .Select(entry => KeyValuePair.Create(entry!["manager"]!.GetValue<string>(), entry["fieldsV1"]?.DeepClone())));

    private static string? Difference(JsonNode? theirs, JsonNode? ours) => (theirs, ours) switch
    {
        _ when JsonNode.DeepEquals(theirs, ours) => null,
        (JsonObject left, JsonObject right) => string.Join("; ", left.Concat(right).Select(field => field.Key).Distinct()
            .Select(name => (Name: name, Inner: Difference(left[name], right[name]))).Where(field => field.Inner is not null).Select(field => $"{field.Name}.{field.Inner}")),
        (JsonArray left, JsonArray right) when left.Count == right.Count => string.Join("; ", left.Zip(right, Difference).Select((inner, i) => $"[{i}]{inner}").Where(text => !text.EndsWith(']'))),
        _ => $" is {theirs?.ToJsonString() ?? "null"} there, {ours?.ToJsonString() ?? "null"} here",
    };
}
