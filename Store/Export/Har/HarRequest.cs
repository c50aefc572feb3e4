using System.Text.Json;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Export.Har;

/// <summary><c>request</c> of an entry, as the client sent it to the gateway, redacted.</summary>
internal static class HarRequest
{
    public static void Write(Utf8JsonWriter json, ExportedCall call)
    {
        var details = call.Details;
        var query = details.Path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? details.Path[(mark + 1)..] : "";
        json.WriteStartObject("request");
        json.WriteString("method", details.Method);
        json.WriteString("url", $"https://{Host(details)}{(details.Path.StartsWith('/') ? "" : "/")}{details.Path}");
        HarMessage.WriteHead(json, details.Connection.Client.Protocol, details.RequestHeaders);
        json.WriteStartArray("queryString");
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equal ? (parameter[..equal], parameter[(equal + 1)..]) : (parameter, "");
            json.WriteStartObject();
            json.WriteString("name", Decoded(name));
            json.WriteString("value", Decoded(value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (details.RequestBody is { } body)
        {
            json.WriteStartObject("postData");
            json.WriteString("mimeType", body.ContentType);

            // HAR 1.2 has an encoding for responses only.
            HarMessage.WriteText(json, call.Stored.RequestBody, body, "_encoding");
            json.WriteEndObject();
        }

        HarMessage.WriteSizes(json, details.RequestBytes);
        json.WriteEndObject();
    }

    // The name that the client used: HAR wants an absolute address, and not every producer tells a host.
    private static string Host(CallDetails details)
    {
        string[] names = [HarMessage.Header(details.RequestHeaders, "host"), details.Connection.Client.ServerName, details.Cluster];
        return names.FirstOrDefault(name => name.Length > 0 && Uri.TryCreate($"https://{name}/", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && uri.UserInfo.Length == 0) ?? "unknown.invalid";
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
