using System.Globalization;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Export.Har;

/// <summary>A call as an entry of <c>log.entries</c>.</summary>
internal static class HarEntry
{
    public static void Write(Utf8JsonWriter json, ExportedCall call, JsonSerializerOptions options)
    {
        var details = call.Details;
        var timings = HarTimings.Of(details);
        json.WriteStartObject();
        json.WriteString("startedDateTime", MicrosecondTimeConverter.Text(details.StartedAt));
        json.WriteNumber("time", timings.Time);
        HarRequest.Write(json, call);
        HarResponse.Write(json, call);
        json.WriteStartObject("cache");
        json.WriteEndObject();
        timings.Write(json);
        if (details.Connection.Upstream is { Address.Length: > 0 } upstream)
        {
            json.WriteString("serverIPAddress", upstream.Address);
        }

        if (details.Connection.Client.Port is { } port)
        {
            json.WriteString("connection", port.ToString(CultureInfo.InvariantCulture));
        }

        // The call as the API tells it; headers and texts are in the entry already.
        json.WritePropertyName("_kubelens");
        JsonSerializer.Serialize(
            json,
            details with { RequestHeaders = [], ResponseHeaders = [], RequestBody = WithoutText(details.RequestBody), ResponseBody = WithoutText(details.ResponseBody) },
            options);
        json.WriteEndObject();
    }

    private static BodyItem? WithoutText(BodyItem? body) => body is null ? null : body with { Text = "" };
}
