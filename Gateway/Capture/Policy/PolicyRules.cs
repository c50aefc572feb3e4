using System.Globalization;
using KubeLens.Gateway.Capture.Sessions.Recording;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>What must hold for a rule, in sentences that name the key and the fix.</summary>
internal static class PolicyRules
{
    private const int LargestSample = 1_000_000;
    private const string Reads = "get and list";

    private static readonly string[] Verbs =
        ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy", "post", "put", "head", "options", "*"];

    private static readonly string[] Lists = [.. new PolicyRuleOptions().Lists().Select(list => list.Key)];

    /// <summary>Keys and kinds of values. A misspelt list would otherwise be one that is left out, and the rule match every call.</summary>
    public static IEnumerable<string> Shape(IConfigurationSection rule)
    {
        if (rule.Value is { Length: > 0 } value)
        {
            yield return $"{rule.Path} is \"{value}\": give an object with {nameof(PolicyRuleOptions.Level)}.";
        }

        foreach (var part in rule.GetChildren())
        {
            var name = part.Key;
            if (Lists.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                if (!part.GetChildren().Any())
                {
                    yield return $"{part.Path} is {(part.Value is { Length: > 0 } text ? $"\"{text}\"" : "empty")}: give a list with at least one entry, or leave it out to match every call.";
                }
            }
            else if (name.Equals(nameof(PolicyRuleOptions.Sample), StringComparison.OrdinalIgnoreCase))
            {
                if (!int.TryParse(part.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var sample) || sample is < 1 or > LargestSample)
                {
                    yield return $"{part.Path} is \"{part.Value}\": give 1 to {LargestSample}, to keep one in so many.";
                }
            }
            else if (name.Equals(nameof(PolicyRuleOptions.Recording), StringComparison.OrdinalIgnoreCase))
            {
                if (part.Value is null || RecordingModes.Parse(part.Value) is null)
                {
                    yield return $"{part.Path} is \"{part.Value}\": give {RecordingModes.Words}.";
                }
            }
            else if (!name.Equals(nameof(PolicyRuleOptions.Level), StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{part.Path} is no part of a rule: give {nameof(PolicyRuleOptions.Level)}, {nameof(PolicyRuleOptions.Sample)}, {nameof(PolicyRuleOptions.Recording)}, {string.Join(", ", Lists)}.";
            }
        }
    }

    /// <summary>What the values may not be, alone and together.</summary>
    public static IEnumerable<string> Problems(string key, PolicyRuleOptions rule, bool isOwn)
    {
        if (CaptureLevels.Parse(rule.Level) is not { } level)
        {
            yield return $"{key}:{nameof(rule.Level)} is \"{rule.Level}\": give {CaptureLevels.Words}.";
        }
        else if (level == CaptureLevel.None && rule.Sample > 1)
        {
            yield return $"{key}:{nameof(rule.Sample)} is {rule.Sample}, but {nameof(rule.Level)} none keeps no call to sample: leave it out, or give {nameof(rule.Level)} metadata.";
        }

        if (RecordingModes.Parse(rule.Recording) is RecordingMode.Output or RecordingMode.InputAndOutput)
        {
            if (CaptureLevels.Parse(rule.Level) is { } kept and not CaptureLevel.RequestResponse)
            {
                yield return $"{key}:{nameof(rule.Recording)} is {rule.Recording}, which is kept as the response's body, but {nameof(rule.Level)} is {kept.Word()}: give {nameof(rule.Level)} request-response.";
            }

            for (var i = 0; i < rule.Resources.Count; i++)
            {
                if (rule.Resources[i].EndsWith("/portforward", StringComparison.Ordinal))
                {
                    yield return $"{key}:{nameof(rule.Recording)} is {rule.Recording}, but what passes through a port is never kept: take {nameof(rule.Resources)}:{i} ({rule.Resources[i]}) out of the rule.";
                }
            }
        }

        for (var i = 0; i < rule.Verbs.Count; i++)
        {
            if (!Verbs.Contains(rule.Verbs[i], StringComparer.Ordinal))
            {
                yield return $"{key}:{nameof(rule.Verbs)}:{i} is \"{rule.Verbs[i]}\": give {string.Join(", ", Verbs)}.";
            }
        }

        if (rule.Sample > 1 && rule.Verbs.Count > 0 && !rule.Verbs.Any(verb => verb is "get" or "list" or "*"))
        {
            yield return $"{key}:{nameof(rule.Sample)} is {rule.Sample}, but only {Reads} are sampled, and {nameof(rule.Verbs)} has neither: leave it out.";
        }

        foreach (var (list, entries) in rule.Lists())
        {
            if (list is not (nameof(rule.ApiGroups) or nameof(rule.Namespaces)) && entries.IndexOf("") is >= 0 and var empty)
            {
                yield return $"{key}:{list}:{empty} is empty: give a text, * in it for any characters.";
            }
        }

        for (var i = 0; i < rule.NonResourcePaths.Count; i++)
        {
            if (rule.NonResourcePaths[i] is not ("" or ['/' or '*', ..]))
            {
                yield return $"{key}:{nameof(rule.NonResourcePaths)}:{i} is \"{rule.NonResourcePaths[i]}\": a path begins with /.";
            }
        }

        if (rule.NonResourcePaths.Count > 0 && rule.ApiGroups.Count + rule.Resources.Count + rule.Namespaces.Count + rule.Names.Count > 0)
        {
            yield return $"{key} has {nameof(rule.NonResourcePaths)} beside what only resources have, and would match no call: make two rules of it.";
        }

        if (isOwn && rule.Clusters.Count > 0)
        {
            yield return $"{key}:{nameof(rule.Clusters)}: the rules of a cluster are for that one alone. Leave it out, or put the rule into {PolicyReader.Section}.";
        }
    }

    /// <summary>What the rules of one list may do, and hardly mean.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<(string Key, PolicyRuleOptions Options)> rules)
    {
        var all = rules.FirstOrDefault(rule => rule.Options.Lists().All(list => list.Entries.Count == 0));
        foreach (var (key, rule) in rules)
        {
            var leavesOut = rule.Sample > 1 || CaptureLevels.Parse(rule.Level) == CaptureLevel.None;
            if (leavesOut && rule.UserAgents.Count > 0 && rule.Users.Count + rule.Groups.Count == 0)
            {
                yield return $"{key} leaves calls out by their User-Agent, which every caller chooses: whoever knows the rule can hide. Add {nameof(rule.Users)} or {nameof(rule.Groups)}.";
            }

            if (RecordingModes.Parse(rule.Recording) == RecordingMode.InputAndOutput)
            {
                yield return $"{key} records what is typed into terminals, and with it passwords that the terminal does not show. {nameof(rule.Recording)} output leaves them out.";
            }

            if (key == all.Key && CaptureLevels.Parse(rule.Level) == CaptureLevel.None)
            {
                yield return $"{key} is {nameof(rule.Level)} none for every call that no rule before it matches: they are counted only.";
            }
        }

        foreach (var (key, _) in rules.SkipWhile(rule => rule.Key != all.Key).Skip(1))
        {
            yield return $"{key} is never reached: {all.Key} before it matches every call. Put it first.";
        }
    }
}
