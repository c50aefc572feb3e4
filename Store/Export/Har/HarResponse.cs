using System.Text.Json;
using KubeLens.Contracts.Calls;
using Microsoft.AspNetCore.WebUtilities;

namespace KubeLens.Store.Export.Har;

/// <summary><c>response</c> of an entry; its status is 0 where none began.</summary>
internal static class HarResponse
{
    public static void Write(Utf8JsonWriter json, ExportedCall call)
    {
        var details = call.Details;
        var body = details.ResponseBody;
        json.WriteStartObject("response");
        json.WriteNumber("status", details.Status ?? 0);
        json.WriteString("statusText", ReasonPhrases.GetReasonPhrase(details.Status ?? 0));
        HarMessage.WriteHead(json, details.Connection.Client.Protocol, details.ResponseHeaders);
        json.WriteStartObject("content");

        // Decoded, where that is known.
        json.WriteNumber("size", call.Stored.ResponseBody?.Note == (int)CallBodyNote.Whole ? body?.KeptBytes ?? 0 : details.ResponseBytes);
        json.WriteString("mimeType", body?.ContentType ?? "");
        if (body is not null)
        {
            HarMessage.WriteText(json, call.Stored.ResponseBody, body, "encoding");
        }

        json.WriteEndObject();
        json.WriteString("redirectURL", HarMessage.Header(details.ResponseHeaders, "location"));
        HarMessage.WriteSizes(json, details.ResponseBytes);
        json.WriteEndObject();
    }
}
