using System.Globalization;
using System.Text.Json;

namespace KubeLens.Store.Tests.Export;

/// <summary>What HAR 1.2 requires (http://www.softwareishard.com/blog/har-12-spec/), and that nothing is in it that it does not know.</summary>
internal static class HarDocument
{
    /// <summary>The entries of a document that holds to it.</summary>
    public static List<JsonElement> Entries(string text)
    {
        var log = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("log");
        log.GetProperty("version").GetString().ShouldBe("1.2");
        Has(log.GetProperty("creator"), "name:s version:s", "comment");
        Has(log, "version:s creator:o entries:a", "browser pages comment");
        List<JsonElement> entries = [.. log.GetProperty("entries").EnumerateArray()];
        entries.ForEach(Check);
        return entries;
    }

    private static void Check(JsonElement entry)
    {
        Has(entry, "startedDateTime:s time:n request:o response:o cache:o timings:o", "pageref serverIPAddress connection comment");
        DateTimeOffset.Parse(entry.GetProperty("startedDateTime").GetString()!, CultureInfo.InvariantCulture);
        var request = entry.GetProperty("request");
        Has(request, "method:s url:s httpVersion:s cookies:a headers:a queryString:a headersSize:n bodySize:n", "postData comment");
        Uri.TryCreate(request.GetProperty("url").GetString(), UriKind.Absolute, out var uri).ShouldBeTrue(request.GetProperty("url").GetString());
        uri!.Scheme.ShouldBe("https");
        Pairs(request.GetProperty("headers"));
        Pairs(request.GetProperty("queryString"));
        if (request.TryGetProperty("postData", out var post))
        {
            Has(post, "mimeType:s text:s", "comment");
        }

        var response = entry.GetProperty("response");
        Has(response, "status:n statusText:s httpVersion:s cookies:a headers:a content:o redirectURL:s headersSize:n bodySize:n", "comment");
        Pairs(response.GetProperty("headers"));
        Has(response.GetProperty("content"), "size:n mimeType:s", "compression text encoding comment");
        CheckTimings(entry);
    }

    private static void CheckTimings(JsonElement entry)
    {
        var timings = entry.GetProperty("timings");
        Has(timings, "blocked:n dns:n connect:n ssl:n send:n wait:n receive:n", "comment");
        decimal Of(string name) => timings.GetProperty(name).GetDecimal();
        foreach (var name in new[] { "send", "wait", "receive" })
        {
            Of(name).ShouldBeGreaterThanOrEqualTo(0, name);
        }

        new[] { "blocked", "dns", "connect", "send", "wait", "receive" }.Select(Of).Where(phase => phase != -1).Sum().ShouldBe(entry.GetProperty("time").GetDecimal());
        Of("ssl").ShouldBeLessThanOrEqualTo(Of("connect"), "it is a part of it");
    }

    private static void Pairs(JsonElement list)
    {
        foreach (var item in list.EnumerateArray())
        {
            Has(item, "name:s value:s", "comment");
        }
    }

    // "name:s" is a string that has to be there; n is a number, a an array, o an object. What begins with "_" is ours.
    private static void Has(JsonElement element, string required, string optional)
    {
        var known = optional.Split(' ').ToList();
        foreach (var (name, kind) in required.Split(' ').Select(field => (field[..^2], field[^1])))
        {
            element.TryGetProperty(name, out var value).ShouldBeTrue($"{name} is missing in {element}");
            value.ValueKind.ShouldBe(kind switch { 's' => JsonValueKind.String, 'n' => JsonValueKind.Number, 'a' => JsonValueKind.Array, _ => JsonValueKind.Object }, name);
            known.Add(name);
        }

        element.EnumerateObject().Select(p => p.Name).Where(name => name[0] != '_').Except(known).ShouldBeEmpty();
    }
}
