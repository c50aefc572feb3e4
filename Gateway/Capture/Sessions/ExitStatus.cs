using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>
/// What the error channel says at the end of an exec or attach: from v4 on a <c>Status</c>, whose reason <c>NonZeroExitCode</c> has the code in
/// a cause <c>ExitCode</c> (KEP of remotecommand v4); before it a sentence.
/// </summary>
/// <param name="Result"><c>success</c>, <c>failure</c>, or empty where nothing was said.</param>
/// <param name="IsWhole">It is a <c>Status</c> with its end; of a sentence nobody can tell.</param>
internal sealed partial record ExitStatus(string Result, int? Code, string Message, bool IsWhole = false)
{
    private const int LongestMessage = 1024;

    public static ExitStatus Of(ReadOnlySpan<byte> text, bool isExec)
    {
        if (text.IsEmpty)
        {
            return new ExitStatus("", null, "");
        }

        try
        {
            var reader = new Utf8JsonReader(text);
            using var status = JsonDocument.ParseValue(ref reader);
            if (status.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Of(status.RootElement, isExec);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A sentence then (InvalidOperationException: a key with half a surrogate pair).
        }

        var sentence = System.Text.Encoding.UTF8.GetString(text).Trim();
        var code = InWords().Match(sentence) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new ExitStatus("failure", code, Cut(sentence));
    }

    private static ExitStatus Of(JsonElement status, bool isExec)
    {
        if (Text(status, "status") == "Success")
        {
            return new ExitStatus("success", isExec ? 0 : null, "", IsWhole: true);
        }

        return new ExitStatus("failure", Text(status, "reason") == "NonZeroExitCode" ? CodeOf(status) : null, Cut(Text(status, "message")), IsWhole: true);
    }

    private static int? CodeOf(JsonElement status)
    {
        if (status.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object && details.TryGetProperty("causes", out var causes) && causes.ValueKind == JsonValueKind.Array)
        {
            foreach (var cause in causes.EnumerateArray())
            {
                if (cause.ValueKind == JsonValueKind.Object && Text(cause, "reason") == "ExitCode" && int.TryParse(Text(cause, "message"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code))
                {
                    return code;
                }
            }
        }

        return null;
    }

    private static string Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return ""; // half a surrogate pair, or bytes that are no UTF-8
        }
    }

    private static string Cut(string text) => WholeText.Cut(text, LongestMessage);

    [GeneratedRegex("exit (?:code|status):? ?([0-9]{1,9})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InWords();
}
