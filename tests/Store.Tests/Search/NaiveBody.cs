using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Tests.Search;

/// <summary>What a term on bodies means, said again.</summary>
internal static class NaiveBody
{
    public static bool IsThere(CallRecord call) => Texts(call).Any();

    public static bool Matches(FieldNode f, CallRecord call) => f switch
    {
        { Path: "", Operator: QueryOperator.Present } => IsThere(call),
        { Path: "" } => Texts(call).Any(text => f.Values.Any(v => NaiveQuery.Within(text, f.Operator == QueryOperator.Any ? v : v with { Quoted = true }))),
        _ => Texts(call).SelectMany(Documents).Any(json => Values(json, [.. QueryPath.Split(f.Path)]).Any(value => value is JsonObject ? f.Operator == QueryOperator.Present : NaiveQuery.Text(f, Text(value)))),
    };

    private static IEnumerable<string> Texts(CallRecord call) => new[] { call.RequestBody, call.ResponseBody }.Where(body => body.Content.Length > 0).Select(body => Encoding.UTF8.GetString(body.Content.Span));

    private static IEnumerable<JsonNode?> Documents(string text) => text.Split('\n').Select(Parse).TakeWhile(json => json is not null);

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode?> Values(JsonNode? at, string[] path) => at switch
    {
        JsonArray list => list.SelectMany(item => Values(item, path)),
        JsonObject o when path.Length > 0 => o.TryGetPropertyValue(path[0], out var member) ? Values(member, path[1..]) : [],
        null => [],
        _ => path.Length == 0 ? [at] : [],
    };

    private static string Text(JsonNode? value) => value!.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
