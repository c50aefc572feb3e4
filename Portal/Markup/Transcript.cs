using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeLens.Portal.Markup;

/// <summary>The text of an asciicast's output, without the control sequences that would colour it or move about in it.</summary>
internal static partial class Transcript
{
    private const int Longest = 256 * 1024;

    public static string Of(string asciicast)
    {
        var text = new StringBuilder();
        foreach (var line in asciicast.Split('\n').Skip(1).Where(line => line.Length > 0))
        {
            if (text.Length > Longest)
            {
                text.Append("\n… (the download has all of it)");
                break;
            }

            text.Append(Output(line));
        }

        return Lines().Replace(Sequences().Replace(text.ToString(), ""), "\n").Trim('\n');
    }

    private static string Output(string line)
    {
        try
        {
            var e = JsonSerializer.Deserialize<JsonElement>(line);
            return e.ValueKind == JsonValueKind.Array && e.GetArrayLength() == 3 && e[1].GetString() == "o" ? e[2].GetString() ?? "" : "";
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return ""; // a line that was cut
        }
    }

    // CSI, OSC and the other escapes of ECMA-48, then what is left of control characters.
    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]?|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", RegexOptions.CultureInvariant)]
    private static partial Regex Sequences();

    [GeneratedRegex(@"\r+\n?", RegexOptions.CultureInvariant)]
    private static partial Regex Lines();
}
