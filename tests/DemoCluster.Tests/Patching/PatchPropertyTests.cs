using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Tests.Patching;

public sealed class PatchPropertyTests
{
    [Property(MaxTest = 300)]
    public Property MergePatch_OfTheDifference_GivesTheTarget() => Prop.ForAll(Jsons.Plain().ToArbitrary(), Jsons.Plain().ToArbitrary(), (from, to) =>
        JsonNode.DeepEquals(Patches.Apply(PatchMediaTypes.Merge, Difference(from, to).ToJsonString(), from), to));

    [Property(MaxTest = 1000)]
    public Property JsonPatch_Whatever_AppliesOrIsRefused() => Prop.ForAll(Jsons.Plain().ToArbitrary(), Jsons.Patch().ToArbitrary(), (current, patch) =>
        AppliesOrIsRefused(PatchMediaTypes.Json, patch, current));

    [Property(MaxTest = 300)]
    public Property EveryPatch_RandomBytes_AppliesOrIsRefused(byte[] bytes) => Prop.ForAll(Gen.Elements([.. PatchMediaTypes.All]).ToArbitrary(), media =>
    {
        try
        {
            ObjectPatch.Apply(media, bytes, [], ResourceKinds.Named("Pod"), "tester", false, Patches.Now);
        }
        catch (ApiException refused)
        {
            return refused.Code is 400 or 413 or 422;
        }

        return true;
    });

    [Property(MaxTest = 300)]
    public Property StrategicPatch_Whatever_AppliesOrIsRefused() => Prop.ForAll(Pods().ToArbitrary(), Pods().ToArbitrary(), (current, patch) =>
        AppliesOrIsRefused(PatchMediaTypes.Strategic, patch.ToJsonString(), current));

    [Property(MaxTest = 300)]
    public Property StrategicPatch_Empty_ChangesNothing() => Prop.ForAll(Pods().ToArbitrary(), pod =>
        JsonNode.DeepEquals(Patches.Apply(PatchMediaTypes.Strategic, "{}", pod, "Pod"), pod));

    [Property(MaxTest = 300)]
    public Property StrategicPatch_Twice_IsAsOnce() => Prop.ForAll(Pods().ToArbitrary(), Pods().ToArbitrary(), (current, patch) =>
    {
        var once = Patches.Apply(PatchMediaTypes.Strategic, patch.ToJsonString(), current, "Pod");
        return JsonNode.DeepEquals(Patches.Apply(PatchMediaTypes.Strategic, patch.ToJsonString(), once, "Pod"), once);
    });

    [Property(MaxTest = 300)]
    public Property Apply_Twice_IsAsOnce() => Prop.ForAll(Pods().ToArbitrary(), Pods().ToArbitrary(), (current, applied) =>
    {
        var once = Patches.Apply(PatchMediaTypes.Apply, applied.ToJsonString(), current, "Pod");
        return JsonNode.DeepEquals(Patches.Apply(PatchMediaTypes.Apply, applied.ToJsonString(), once, "Pod", now: Patches.Now.AddDays(1)), once);
    });

    [Property(MaxTest = 300)]
    public Property Apply_AfterAnother_LeavesOnlyTheLastConfiguration() => Prop.ForAll(Pods().ToArbitrary(), Pods().ToArbitrary(), (first, second) =>
    {
        var twice = Patches.Apply(PatchMediaTypes.Apply, second.ToJsonString(), Patches.Apply(PatchMediaTypes.Apply, first.ToJsonString(), null, "Pod"), "Pod");
        var direct = Patches.Apply(PatchMediaTypes.Apply, second.ToJsonString(), null, "Pod");
        return JsonNode.DeepEquals(twice["metadata"]!["managedFields"]![0]!["fieldsV1"], direct["metadata"]!["managedFields"]![0]!["fieldsV1"])
            && Names(twice).Order().SequenceEqual(Names(direct).Order());
    });

    private static IEnumerable<string> Names(JsonObject pod) => (pod["spec"]!["containers"] as JsonArray ?? []).Select(container => container!["name"]!.GetValue<string>());

    private static Gen<JsonObject> Pods() =>
        from containers in Gen.ListOf(Containers())
        from labels in Gen.ListOf(Gen.Elements("a", "b", "c"))
        from finalizers in Gen.ListOf(Gen.Elements("x/a", "x/b", "x/c"))
        from tolerations in Gen.ListOf(Gen.Elements("t", "u"))
        select new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = "p",
                ["labels"] = new JsonObject(labels.Distinct().Select(label => KeyValuePair.Create<string, JsonNode?>(label, labels.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
                ["finalizers"] = new JsonArray([.. finalizers.Distinct().Select(finalizer => (JsonNode)finalizer)]),
            },
            ["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray([.. containers.DistinctBy(container => container.Name).Select(container => (JsonNode)new JsonObject
                {
                    ["name"] = container.Name,
                    ["image"] = container.Image,
                    ["env"] = new JsonArray([.. container.Env.Distinct().Select(name => (JsonNode)new JsonObject { ["name"] = name, ["value"] = container.Image })]),
                })]),
                ["tolerations"] = new JsonArray([.. tolerations.Select(key => (JsonNode)new JsonObject { ["key"] = key })]),
            },
        };

    private static Gen<(string Name, string Image, IList<string> Env)> Containers() =>
        from name in Gen.Elements("one", "two", "three", "four")
        from image in Gen.Elements("x", "y")
        from env in Gen.ListOf(Gen.Elements("A", "B", "C"))
        select (name, image, (IList<string>)[.. env]);

    private static bool AppliesOrIsRefused(string media, string patch, JsonObject current)
    {
        try
        {
            return Encoding.UTF8.GetByteCount(Patches.Apply(media, patch, current, "Pod").ToJsonString()) > 0;
        }
        catch (ApiException refused)
        {
            return refused.Code is 400 or 422;
        }
    }

    private static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var name in from.Select(field => field.Key).Where(name => !to.ContainsKey(name)))
        {
            patch[name] = null;
        }

        foreach (var (name, value) in to.Where(field => !JsonNode.DeepEquals(from[field.Key], field.Value)))
        {
            patch[name] = from[name] is JsonObject before && value is JsonObject after ? Difference(before, after) : value!.DeepClone();
        }

        return patch;
    }
}
