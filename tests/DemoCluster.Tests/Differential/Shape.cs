using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>What has to be the same of a command that two clusters answered.</summary>
/// <param name="Fails">Whether its exit code was another than 0.</param>
/// <param name="Error">The server's Status, else kubectl's own last line.</param>
/// <param name="Output">See <see cref="Shows"/>.</param>
internal sealed partial record Shape(bool Fails, string Error, string Output)
{
    public static Shape Of(ProcessResult result, Shows shows)
    {
        var fails = result.ExitCode != 0;
        return new Shape(fails, fails ? ErrorOf(result.Error) : "", fails ? "" : OutputOf(result.Output, shows));
    }

    private static string ErrorOf(string error)
    {
        // With -v=4 and more kubectl tells the Status that it got: server response object: [{ … }]
        if (ServerStatus().Match(error) is { Success: true } told && JsonNode.Parse(told.Groups[1].Value) is JsonObject status)
        {
            return $"{status["code"]} {status["reason"]} {status["message"]} {status["details"]?["kind"]} {status["details"]?["name"]}";
        }

        return error.Split('\n').LastOrDefault(line => line.Length > 0 && !LogLine().IsMatch(line)) ?? "";
    }

    private static string OutputOf(string output, Shows shows) => shows switch
    {
        Shows.Text => output.Trim(),
        Shows.Columns => Lines(output, Header()),
        Shows.Headings => Lines(output, Heading()),
        Shows.Json => JsonOf(JsonNode.Parse(output)!),
        _ => "",
    };

    private static string Lines(string output, Regex wanted) =>
        string.Join(" | ", output.Split('\n').Select(line => wanted.Match(line)).Where(match => match.Success).Select(match => string.Join(' ', match.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Distinct());

    private static string JsonOf(JsonNode value) => value["items"] is JsonArray items
        ? $"{value["apiVersion"]} {value["kind"]} of {string.Join(", ", items.Select(item => $"{item!["apiVersion"]} {item["kind"]}").Distinct())}"
        : $"{value["apiVersion"]} {value["kind"]} metadata: {Names(value["metadata"])} spec: {Names(value["spec"])}";

    private static string Names(JsonNode? node) => node is JsonObject map ? string.Join(' ', map.Select(field => field.Key).Order(StringComparer.Ordinal)) : "";

    [GeneratedRegex(@"server response object: \[(\{.*?^\})\]", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ServerStatus();

    // I1124 09:53:45.123456   12345 round_trippers.go:466] …
    [GeneratedRegex(@"^[IWEF]\d{4} |^F\d|^goroutine |^\s")]
    private static partial Regex LogLine();

    [GeneratedRegex("^[A-Z][A-Z -]+( {2,}[A-Z][A-Z() -]*)*$|^[A-Z][a-z-]*( {2,}[A-Z][A-Za-z -]*)+$")]
    private static partial Regex Header();

    [GeneratedRegex("^[A-Z][A-Za-z -]*(?=:)")]
    private static partial Regex Heading();
}
