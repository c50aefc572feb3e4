using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.Gateway.Redact.Rules.Paths;
using KubeLens.Gateway.Tests.Redact.Rules;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>
/// The operator's paths: their parser, and documents with a canary where a path leads. An input of <c>redactrules</c> is made of
/// numbers: the path is drawn from them, then a document around the place, then where it is cut.
/// </summary>
internal static class RuleTargets
{
    private static readonly byte[][] Paths = [.. new[] { "$.spec.users[*].token", "$..apiKey", "$['a b'][\"c\"]..*", "$.a[0]..[12].*", "$.a[?(@.b)]", "$.a[-1:2]" }.Select(Encoding.UTF8.GetBytes)];
    private static readonly string[] Names = ["spec", "a", "items", "object", "rows", "cells", "odd.name", "ü", "k\"q", "A"];

    public static IEnumerable<FuzzTarget> All()
    {
        yield return new FuzzTarget("jsonpath", random => FuzzMutator.Mutate(Paths, random), Path);
        yield return new FuzzTarget("redactrules", random => BitConverter.GetBytes(random.Next()), input => Rules(new Random(BitConverter.ToInt32([.. input, 0, 0, 0, 0]))));
    }

    private static void Path(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        try
        {
            JsonPathParser.Parse(text).Count.ShouldBeInRange(1, JsonPathParser.MaxSteps);
        }
        catch (JsonPathException e)
        {
            e.Column.ShouldBeInRange(1, text.Length + 1);
        }
    }

    private static void Rules(Random random)
    {
        var place = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(4) == 0 ? (object)random.Next(3) : Names[random.Next(Names.Length)]).ToList();
        if (place[0] is int)
        {
            place[0] = "spec"; // an object is no array
        }

        var path = WritePath(random, place);
        var action = random.Next(2) == 0 ? "fingerprint" : "mask";
        var planted = Plant(random, place, 0);
        var (method, json) = Wrap(random, planted, place);
        var wire = Encoding.UTF8.GetBytes(json);
        var isCut = random.Next(3) == 0;
        var body = RedactRuleText.Keep(RedactRuleText.Paths(action, JsonEncodedText.Encode(path).ToString()), isCut ? wire[..random.Next(wire.Length)] : wire, method, truncated: isCut);

        var text = Encoding.UTF8.GetString(body.Body.Content.Span);
        text.Contains("CANARY", StringComparison.Ordinal).ShouldBeFalse($"{action} {path} in {json} => {text}");
        if (!isCut)
        {
            text.ShouldContain("redacted", Case.Sensitive, $"{path} in {json}");
            (path.Contains('*', StringComparison.Ordinal) || text.Contains("STAY", StringComparison.Ordinal)).ShouldBeTrue($"{path} in {json} => {text}");
        }
    }

    // Each step as itself or something that matches more.
    private static string WritePath(Random random, List<object> place)
    {
        var path = new StringBuilder("$");
        for (var i = 0; i < place.Count; i++)
        {
            if (i + 1 < place.Count && random.Next(6) == 0)
            {
                continue; // .. takes its place
            }

            path.Append(place[i] switch
            {
                int index => $"..[{(random.Next(3) == 0 ? "*" : index)}]",
                string name when name.Any(c => !char.IsLetter(c)) || random.Next(6) == 0 => $"..['{name}']",
                string name => $"..{name}",
                _ => "",
            });
        }

        return path.ToString();
    }

    private static JsonNode Plant(Random random, List<object> place, int at)
    {
        if (at == place.Count)
        {
            return random.Next(4) switch { 0 => new JsonObject { ["x"] = "CANARY-1", ["y"] = new JsonArray("CANARY-2", 7) }, 1 => new JsonArray("CANARY-3", new JsonObject { ["z"] = "CANARY-4" }), _ => "CANARY-5" };
        }

        var next = Plant(random, place, at + 1);
        if (place[at] is int index)
        {
            var array = new JsonArray();
            for (var i = 0; i < index; i++)
            {
                array.Add(random.Next(2) == 0 ? "other" : new JsonObject { ["o"] = 1 });
            }

            array.Add(next);
            return array;
        }

        var members = new List<(string, JsonNode)> { ((string)place[at], next), ("z1", random.Next(9)), ("z2", new JsonObject { ["z3"] = true }) };
        var shuffled = members.ToArray();
        random.Shuffle(shuffled);
        return new JsonObject(shuffled.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Item1, member.Item2)));
    }

    private static (string Method, string Json) Wrap(Random random, JsonNode planted, List<object> place)
    {
        var item = planted.ToJsonString();
        switch (random.Next(6))
        {
            case 0:
                return ("GET", $"{{\"kind\":\"WidgetList\",\"apiVersion\":\"STAY\",\"items\":[{{}},{item}]}}");
            case 1:
                return ("GET", $"{{\"type\":\"STAY\",\"object\":{item}}}\n");
            case 2:
                return ("GET", $"{{\"kind\":\"Table\",\"apiVersion\":\"STAY\",\"rows\":[{{\"cells\":[\"CANARY\"],\"object\":{item}}}]}}");
            case 3:
                return ("PATCH", $"[{{\"op\":\"STAY\",\"path\":\"\",\"value\":{item}}}]");
            case 4:
                var depth = random.Next(1, place.Count + 1);
                var node = planted;
                foreach (var step in place.Take(depth))
                {
                    node = step is int index ? node[index]! : node[(string)step]!;
                }

                var pointer = string.Concat(place.Take(depth).Select(step => $"/{(step is int && random.Next(2) == 0 ? "-" : $"{step}".Replace("~", "~0", StringComparison.Ordinal))}"));
                return ("PATCH", $"[{{\"value\":{node.ToJsonString()},\"op\":\"STAY\",\"path\":{JsonSerializer.Serialize(pointer)}}}]");
            default:
                return ("PATCH", item.Insert(1, "\"metadata\":{\"name\":\"STAY\"},"));
        }
    }
}
